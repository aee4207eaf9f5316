import type * as tfl from '@tensorflow/tfjs-layers';
import { buildModel } from '@zoo/layers/build';
import { configure, type Family, type ModelSpec, presetOf, type SpecOptions } from '@zoo/spec';
import { zfnet as table } from './presets/zfnet.ts';

export type ZFNetPreset = 'zfnet';

/** Every ZFNet of the zoo, by name. */
export const presets: Readonly<Record<ZFNetPreset, ModelSpec>> = { zfnet: table };

/** The family, for code that works with any family: a command line, a page of presets. */
export const zfnetFamily: Family = { name: 'zfnet', title: 'ZFNet', presets, knownWeights: {}, recipes: {} };

/**
 * A ZFNet as a TensorFlow.js model: preprocessed pictures `[batch, height, width, channels]` in, logits `[batch, classes]` out.
 *
 * @param options What may be changed about the preset; `seed` (default 0) decides the initial values and the dropout masks.
 * @example const model = zfnet('zfnet');
 * @throws ZooError `unknown-name`, `usage` for an option out of range, `spec` for an input too small for the layers.
 */
export function zfnet(preset: ZFNetPreset, options: SpecOptions & { seed?: number } = {}): tfl.LayersModel {
  const { seed = 0, ...changes } = options;
  return buildModel(configure(presetOf(preset, [zfnetFamily]), changes), { seed });
}
