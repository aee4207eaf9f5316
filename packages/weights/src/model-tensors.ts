import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { allFinite, ZooError } from '@zoo/core';
import { type ModelWeight, modelWeights, specOf } from '@zoo/layers/model';
import { inferShapes, type ModelSpec, type Shape, type ShapedLayer, type Weight } from '@zoo/spec';
import type { NamedTensor } from '@zoo/tensor-files';
import { type Layout, toTorch, weightLayout } from './layout.ts';

/** A tensor of a spec with its way between PyTorch's layout and tfjs's. Plain data: there need be no model. */
export interface LaidOutWeight extends Weight {
  /** The layer it belongs to. */
  layer: ShapedLayer;
  /** Undefined where both are the same. */
  layout: Layout | undefined;
  /** Height, width and channels of the maps that a dense layer sees as a vector; undefined for other weights. */
  maps: Shape | undefined;
}

/** A tensor of a model: one of its spec, with the variable that holds it. */
export interface LaidOutVariable extends LaidOutWeight, ModelWeight {}

/** Matrices and filters: a vector alone fits by chance. */
export const isMatrix = ({ shape }: { shape: readonly number[] }): boolean => shape.length > 1;

/** The maps that a dense layer sees as a vector, or undefined when it follows another dense layer. */
function flattenedMaps(layers: readonly ShapedLayer[], { path, layer }: ShapedLayer): Shape | undefined {
  if (layer.kind !== 'dense') return undefined;
  const index = layers.findIndex((one) => one.path === path);
  const last = layers.slice(0, index).findLast(({ layer, input }) => layer.kind === 'dense' || input.length === 3);
  return last?.layer.kind === 'flatten' ? last.input : undefined;
}

/** Every tensor of a spec with its layout, in order. */
export function weightsOfSpec(spec: ModelSpec): LaidOutWeight[] {
  const { layers } = inferShapes(spec);
  return layers.flatMap((layer) =>
    layer.weights.map((weight) => ({
      ...weight,
      layer,
      layout: weight.role === 'weight' ? weightLayout(layer) : undefined,
      maps: weight.role === 'weight' ? flattenedMaps(layers, layer) : undefined,
    })),
  );
}

/** Every tensor of a model with its layout. */
export function laidOutWeights(model: tfl.LayersModel): LaidOutVariable[] {
  const places = new Map(weightsOfSpec(specOf(model)).map((weight) => [weight.name, weight]));
  return modelWeights(model).map((weight) => ({
    ...weight,
    layout: places.get(weight.name)?.layout,
    maps: places.get(weight.name)?.maps,
  }));
}

/**
 * The elements of a weight, to be saved.
 *
 * @throws ZooError `not-finite`: no file of such weights is written, and the one that was there before stays.
 */
export async function finiteValues(variable: tf.Variable, name: string): Promise<Float32Array> {
  const values = Float32Array.from(await variable.data());
  if (!allFinite(values))
    throw new ZooError(
      'not-finite',
      `${name}: holds ${values.find((value) => !Number.isFinite(value))}, expected finite values, so the model is not saved. Its training has diverged.`,
      { remedy: 'Load an earlier checkpoint, or train again with a lower learning rate.' },
    );
  return values;
}

/** Every tensor of a model as the original's checkpoints have it: its name, its layout. */
export function modelTensors(model: tfl.LayersModel): NamedTensor[] {
  return laidOutWeights(model).map(({ name, shape, variable, layout }) => ({
    name,
    shape,
    async data() {
      const values = await finiteValues(variable, name);
      return layout ? toTorch(values, layout) : values;
    },
  }));
}

/**
 * What PyTorch's state dict holds: the tensors, and behind each batch norm's statistics a count of the batches they were
 * taken from. The zoo does not count: it is 0, and only matters to a PyTorch layer without a momentum.
 */
export const stateDict = (model: tfl.LayersModel): NamedTensor[] =>
  modelTensors(model).flatMap((tensor): NamedTensor[] => {
    const [, layer] = /^(.*)\.running_var$/.exec(tensor.name) ?? [];
    if (layer === undefined) return [tensor];
    return [tensor, { name: `${layer}.num_batches_tracked`, shape: [], dtype: 'I64', data: () => Float32Array.of(0) }];
  });
