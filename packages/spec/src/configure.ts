import { ZooError } from '@zoo/core';
import { augmentForChannels } from './augmentation.ts';
import { inferShapes } from './infer-shapes.ts';
import type { Conv, Layer, Lrn, Node } from './layer.ts';
import { maxSize, sizeProblem } from './limits.ts';
import type { ModelSpec, Preprocessing } from './model-spec.ts';
import type { Recipe } from './recipe.ts';
import { withScaledInit } from './scaled-init.ts';

/** What a user may change about a preset. */
export interface SpecOptions {
  /** Number of classes. Default: the preset's. */
  classes?: number;
  /** Channels of the input. Steps of the recipe's augmentation that such pictures cannot have are left out. Default: the preset's. */
  inChannels?: number;
  /** Height and width of the input in pixels. Default: the preset's. */
  inputSize?: number;
  /**
   * Factor on every hidden width, so that a test or a phone can use a tenth of a preset. Default: 1. A preset with a table of
   * connections takes no other: the table is for its widths.
   */
  width?: number;
  /** Groups of every convolution that the preset has in groups (paper, section 3.2); 1 joins the towers. Default: the preset's. */
  groups?: number;
  /** Rate of every dropout. Default: the preset's. */
  dropout?: number;
  /** Other parameters for every local response normalisation, or `false` to let its input through. Default: the preset's. */
  lrn?: false | LrnOptions;
}

/** What may be changed about local response normalisation. */
export type LrnOptions = Partial<Pick<Lrn, 'size' | 'alpha' | 'beta' | 'k' | 'convention' | 'region'>>;

const leaves = (nodes: readonly Node[]): Layer[] =>
  nodes.flatMap((node) => (node.kind === 'block' ? leaves(node.layers) : [node]));

/** Refuses the values that `parseSpec` would refuse to read back. */
function size(value: number, option: string): number {
  if (Number.isInteger(value) && value > 0 && value <= maxSize) return value;
  throw new ZooError('usage', `${option}: must be a whole number from 1 to ${maxSize}, not ${value}.`);
}

/** Widths of convolutions are multiples of this, so that every group gets its share. */
export const widthStep = (layers: readonly Layer[]): number =>
  Math.max(1, ...layers.map((layer) => (layer.kind === 'conv' ? layer.groups : 1)));

/** A scaled width is never 0, and stays divisible by the number of groups. */
function scaled(count: number, width: number, multipleOf: number): number {
  const share = Math.max(1, Math.round((count * width) / multipleOf)) * multipleOf;
  if (share <= maxSize) return share;
  throw new ZooError('usage', `width: ${width} makes ${count} ${share}, at most ${maxSize}. Choose a smaller one.`);
}

function requireLrn(lrn: LrnOptions): void {
  if (lrn.size !== undefined && size(lrn.size, 'lrn.size') % 2 === 0)
    throw new ZooError('usage', `lrn.size: must be odd, not ${lrn.size}: a neighbourhood is centred on its element.`);
  for (const name of ['alpha', 'beta', 'k'] as const) {
    const value = lrn[name] ?? 0;
    if (!(value >= 0 && value <= 1e9)) throw new ZooError('usage', `lrn.${name}: must be from 0 to 1e9, not ${value}.`);
  }
}

/** The dense layer whose outputs are compared with codes: as wide as these are long. */
export function codedLayer(layers: readonly Layer[]): Layer | undefined {
  const index = layers.findIndex(({ kind }) => kind === 'rbf');
  return layers.slice(0, Math.max(0, index)).findLast(({ kind }) => kind === 'dense');
}

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;

/** For channels without known statistics, the mean of the known ones. */
function forChannels(preprocessing: Preprocessing, channels: number): Preprocessing {
  if (preprocessing.mean.length === channels) return preprocessing;
  return {
    ...preprocessing,
    channels: 'rgb',
    mean: Array.from({ length: channels }, () => mean(preprocessing.mean)),
    std: Array.from({ length: channels }, () => mean(preprocessing.std)),
  };
}

/** Without the steps of the augmentation that pictures of so many channels cannot have: grey ones have no colours to shift. */
function recipeForChannels(recipe: Recipe, channels: number): Recipe {
  const augment = augmentForChannels(recipe.augment, channels);
  return augment === recipe.augment ? recipe : { ...recipe, augment };
}

/**
 * A preset with the user's changes. Positions and names of the layers stay, so that checkpoints of the original still fit; initial
 * values of layers with fewer or more inputs are scaled, so that narrow networks learn as the preset does.
 *
 * @throws ZooError `usage` for a value out of range, `spec` when the layers do not fit an input of that size.
 */
export function configure(spec: ModelSpec, options: SpecOptions = {}): ModelSpec {
  const { width = 1, dropout, lrn } = options;
  const groupsWanted = options.groups === undefined ? undefined : size(options.groups, 'groups');
  if (!(width > 0 && width <= 16)) throw new ZooError('usage', `width: must be above 0 and at most 16, not ${width}.`);
  if (dropout !== undefined && !(dropout >= 0 && dropout < 1))
    throw new ZooError('usage', `dropout: must be at least 0 and below 1, not ${dropout}.`);
  if (lrn) requireLrn(lrn);
  const channels = size(options.inChannels ?? spec.input[2], 'inChannels');
  const layers = leaves(spec.layers);
  if (width !== 1 && layers.some((layer) => layer.kind === 'conv' && layer.connections))
    throw new ZooError(
      'usage',
      `width: ${spec.family}/${spec.preset} has a table of connections between its maps, which is for width 1, not ${width}. Leave width out.`,
    );
  const coded = codedLayer(layers);
  const grouped = layers.filter((layer): layer is Conv => layer.kind === 'conv' && layer.groups > 1);
  if (groupsWanted !== undefined && grouped.length === 0)
    throw new ZooError(
      'usage',
      `groups: ${spec.family}/${spec.preset} has no convolution in groups, expected one for groups of ${groupsWanted}. Leave groups out.`,
    );
  const groups = groupsWanted ?? widthStep(layers);

  function change(node: Node): Node {
    switch (node.kind) {
      case 'block':
        return { ...node, layers: node.layers.map(change) };
      case 'conv':
        return {
          ...node,
          filters: scaled(node.filters, width, groups),
          groups: node.groups > 1 ? groups : node.groups,
        };
      case 'dense':
        return node.units === 'classes' || node === coded ? node : { ...node, units: scaled(node.units, width, 1) };
      case 'dropout':
        return { ...node, rate: dropout ?? node.rate };
      case 'lrn':
        // alpha 0 and k 1 divide by 1: the layer keeps its place, and the names of those behind it.
        return lrn === false ? { ...node, alpha: 0, k: 1 } : { ...node, ...lrn };
      default:
        return node;
    }
  }

  const side = options.inputSize === undefined ? undefined : size(options.inputSize, 'inputSize');
  const { resizeShorterSide, padding, ...preprocessing } = forChannels(spec.preprocessing, channels);
  const scaledSide = (pixels: number) => Math.round((pixels * (side ?? spec.input[0])) / spec.input[0]);
  const shorterSide =
    resizeShorterSide === undefined
      ? undefined
      : size(Math.max(1, scaledSide(resizeShorterSide)), 'inputSize: the side that pictures are scaled to');
  const unchanged = width === 1 && dropout === undefined && lrn === undefined && groupsWanted === undefined;
  const configured: ModelSpec = {
    ...spec,
    input: [side ?? spec.input[0], side ?? spec.input[1], channels],
    classes: size(options.classes ?? spec.classes, 'classes'),
    preprocessing: {
      ...preprocessing,
      ...(shorterSide !== undefined && { resizeShorterSide: shorterSide }),
      ...(padding !== undefined && { padding: scaledSide(padding) }),
    },
    layers: unchanged ? spec.layers : spec.layers.map(change),
    recipe: recipeForChannels(spec.recipe, channels),
  };
  const problem = sizeProblem(inferShapes(configured));
  if (problem)
    throw new ZooError(
      'usage',
      `${spec.family}/${spec.preset}: ${problem}. Choose a smaller width, inputSize or number of classes.`,
    );
  return withScaledInit(configured, spec);
}
