import type * as tfl from '@tensorflow/tfjs-layers';
import { buildModel } from '@zoo/layers/build';
import { configure, type Family, type ModelSpec, presetOf, type SpecOptions } from '@zoo/spec';
import { __name__ as table } from './presets/__file__.ts';

/** Every preset, by name. */
export const presets = { '__file__': table } as const satisfies Record<string, ModelSpec>;

export type __Name__Preset = keyof typeof presets;

/** The family, for code that works with any family: a command line, a page of presets. */
export const __name__Family: Family = { name: '__file__', title: '__Name__', presets, knownWeights: {}, recipes: {} };

/**
 * The network as a TensorFlow.js model: preprocessed pictures `[batch, height, width, channels]` in, logits `[batch, classes]` out.
 *
 * @param options What may be changed about the preset; `seed` (default 0) decides the initial values.
 * @example const model = __name__('__file__');
 * @throws ZooError `unknown-name`, `usage` for an option out of range, `spec` for an input too small for the layers.
 */
export function __name__(preset: __Name__Preset, options: SpecOptions & { seed?: number } = {}): tfl.LayersModel {
  const { seed = 0, ...changes } = options;
  return buildModel(configure(presetOf(preset, [__name__Family]), changes), { seed });
}
