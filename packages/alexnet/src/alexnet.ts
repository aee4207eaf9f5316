import type * as tfl from '@tensorflow/tfjs-layers';
import { buildModel } from '@zoo/layers/build';
import { configure, type ModelSpec, presetOf, type SpecOptions } from '@zoo/spec';
import { type AlexNetPreset, presets } from './presets.ts';

/** What may be changed about a preset; `seed` (default 0) decides the initial values and the dropout masks. */
export interface AlexNetOptions extends SpecOptions {
  seed?: number;
}

/**
 * The table of a preset, by its name with or without the family: `paper`, `alexnet/paper`.
 *
 * @throws ZooError `unknown-name` with the nearest name.
 */
export const presetSpec = (name: string): ModelSpec => presetOf(name, [{ name: 'alexnet', presets }]);

/**
 * An AlexNet as a TensorFlow.js model: preprocessed pictures `[batch, height, width, channels]` in, logits `[batch, classes]` out.
 *
 * @example const model = alexnet('cifar10-quick');
 * @throws ZooError `unknown-name`, `usage` for an option out of range, `spec` for an input too small for the layers.
 */
export function alexnet(preset: AlexNetPreset, { seed = 0, ...options }: AlexNetOptions = {}): tfl.LayersModel {
  return buildModel(configure(presetSpec(preset), options), { seed });
}
