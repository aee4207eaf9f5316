import type * as tfl from '@tensorflow/tfjs-layers';
import { modelWeights, specOf } from '@zoo/layers';
import { inferShapes, type ModelSpec, shortLayerNames } from '@zoo/spec';
import type { Filters } from '../pictures/filter-shades.ts';

/** The convolution whose filters can be looked at. */
export interface FilterLayer {
  path: string;
  /** `features.0 (conv1)`. */
  title: string;
}

/** The first convolution of a network; nothing where there is none, or where its filters see some channels each. */
export function filterLayer(spec: ModelSpec): FilterLayer | undefined {
  const shaped = inferShapes(spec);
  const first = shaped.layers.find(({ layer }) => layer.kind === 'conv');
  if (!first || (first.layer.kind === 'conv' && first.layer.connections)) return undefined;
  const short = shortLayerNames(shaped).get(first.path);
  return { path: first.path, title: short === undefined ? first.path : `${first.path} (${short})` };
}

/** The filters of that layer as they are now. */
export async function filtersOf(model: tfl.LayersModel, { path }: FilterLayer): Promise<Filters> {
  const weight = modelWeights(model).find((one) => one.name === `${path}.weight`);
  if (!weight) throw new Error(`${path} has no weight`);
  const [height = 0, width = 0, channels = 0, filters = 0] = weight.variable.shape;
  return {
    shape: [height, width, channels, filters],
    values: Float32Array.from(await weight.variable.data()),
    colours: specOf(model).preprocessing.channels,
  };
}
