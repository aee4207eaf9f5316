import type * as tfl from '@tensorflow/tfjs-layers';
import { buildModel } from '@zoo/layers/build';
import { configure, type Family, type ModelSpec, presetOf, type SpecOptions } from '@zoo/spec';
import { lenet5 } from './presets/lenet-5.ts';
import { modern } from './presets/modern.ts';

export type LeNetPreset = 'lenet-5' | 'modern';

/** Every LeNet of the zoo, by name. */
export const presets: Readonly<Record<LeNetPreset, ModelSpec>> = { 'lenet-5': lenet5, modern };

/** The LeNets, for code that works with any family: a command line, a page of presets. */
export const lenetFamily: Family = { name: 'lenet', title: 'LeNet', presets, knownWeights: {}, recipes: {} };

/**
 * A LeNet as a TensorFlow.js model: preprocessed pictures `[batch, height, width, channels]` in, logits `[batch, classes]` out.
 *
 * @param options What may be changed about the preset; `seed` (default 0) decides the initial values.
 * @example const model = lenet('lenet-5');
 * @throws ZooError `unknown-name`, `usage` for an option out of range, `spec` for an input too small for the layers.
 */
export function lenet(preset: LeNetPreset, options: SpecOptions & { seed?: number } = {}): tfl.LayersModel {
  const { seed = 0, ...changes } = options;
  return buildModel(configure(presetOf(preset, [lenetFamily]), changes), { seed });
}
