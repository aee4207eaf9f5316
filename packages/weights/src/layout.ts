import type { Shape, ShapedLayer, ShapedModel } from '@zoo/spec';
import { arranged } from './mapping/copy.ts';
import { permuted, viewOf } from './mapping/view.ts';

/**
 * How a weight lies in memory. PyTorch keeps a convolution as `[out, in, kH, kW]`, tfjs as `[kH, kW, in, out]`. Both keep a
 * dense layer as `[out, in]` here, but one behind maps sees them flattened in another order: PyTorch's vector runs over
 * C, H, W, tfjs's over H, W, C.
 */
export interface Layout {
  /** Sizes of the weight's axes in PyTorch's order, the flattened maps taken apart: `[out, C, H, W]`. */
  torchAxes: readonly number[];
  /** For each axis of tfjs's order, its place in PyTorch's. */
  order: readonly number[];
}

/** The maps that a dense layer sees as a vector, or undefined when it follows another dense layer. */
function flattenedMaps(layers: readonly ShapedLayer[], dense: ShapedLayer): Shape | undefined {
  const before = layers.slice(
    0,
    layers.findIndex(({ path }) => path === dense.path),
  );
  const last = before.findLast(({ layer, input }) => layer.kind === 'dense' || input.length === 3);
  return last?.layer.kind === 'flatten' ? last.input : undefined;
}

/** The layout of a layer's weight; vectors, and dense layers behind vectors, lie the same everywhere. */
export function weightLayout({ layers }: ShapedModel, layer: ShapedLayer): Layout | undefined {
  const shape = layer.weights.find(({ role }) => role === 'weight')?.shape;
  if (shape?.length === 4) return { torchAxes: shape, order: [2, 3, 1, 0] };
  if (shape?.length !== 2) return undefined;
  const [height, width, channels] = flattenedMaps(layers, layer) ?? [];
  if (height === undefined || width === undefined || channels === undefined) return undefined;
  return { torchAxes: [shape[0] ?? 0, channels, height, width], order: [0, 2, 3, 1] };
}

/** PyTorch's numbers in tfjs's order. */
export const toTfjs = (values: Float32Array, { torchAxes, order }: Layout): Float32Array =>
  arranged(values, permuted(viewOf(torchAxes), order));

/** tfjs's numbers in PyTorch's order. */
export function toTorch(values: Float32Array, { torchAxes, order }: Layout): Float32Array {
  const tfjs = viewOf(order.map((axis) => torchAxes[axis] ?? 1));
  const back = torchAxes.map((_, axis) => order.indexOf(axis));
  return arranged(values, permuted(tfjs, back));
}
