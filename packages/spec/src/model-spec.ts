import type { Init, Multipliers, Node } from './layer.ts';
import type { Recipe } from './recipe.ts';

/** Size of one example's tensor: `[height, width, channels]`, or `[features]`. */
export type Shape = readonly [number, number, number] | readonly [number];

/** How a picture becomes the network's input: `(pixel · range / 255 − mean) / std`, a value a channel. */
export interface Preprocessing {
  /** Scale the shorter side to this, then crop the middle. Without it the whole picture is scaled to the input. */
  resizeShorterSide?: number;
  /** Black pixels on each side of the input: pictures are scaled to what lies between them. Default: 0. */
  padding?: number;
  /** The value of a white pixel. */
  range: 1 | 255;
  /** In the units of `range`, in the order of `channels`. */
  mean: readonly number[];
  std: readonly number[];
  /** Order of the channels in the network's first layer. */
  channels: 'rgb' | 'bgr';
}

/**
 * An architecture. Plain data: it can be printed, saved as JSON and compared.
 * Names, nesting and order are those of the original, so that its checkpoints fit.
 */
export interface ModelSpec {
  /** `alexnet`. */
  family: string;
  /** `paper`. */
  preset: string;
  /** What it is, in a line. */
  title: string;
  /** Where it comes from: papers, files. */
  source: string;
  /** Name of the original class, shown by prints of the model. */
  className: string;
  /** `[height, width, channels]`. */
  input: readonly [number, number, number];
  classes: number;
  preprocessing: Preprocessing;
  /** Initial values of every layer that does not state its own. */
  init: Init;
  /** Learning rate and decay factors of every layer that does not state its own. */
  multipliers?: Multipliers;
  recipe: Recipe;
  layers: readonly Node[];
}
