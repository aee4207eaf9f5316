import type { Shape, ShapedLayer, ShapedModel } from '@zoo/spec';

/**
 * How a weight lies in memory. PyTorch keeps a convolution as `[out, in, kH, kW]` and a dense layer as `[out, in]`;
 * tfjs keeps `[kH, kW, in, out]` and `[in, out]`. A dense layer behind maps also sees them flattened in another order:
 * PyTorch's vector runs over C, H, W, tfjs's over H, W, C.
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

/** The layout of a layer's weight; everything with one axis lies the same everywhere. */
export function weightLayout({ layers }: ShapedModel, layer: ShapedLayer): Layout | undefined {
  const shape = layer.weights.find(({ role }) => role === 'weight')?.shape;
  if (shape?.length === 4) return { torchAxes: shape, order: [2, 3, 1, 0] };
  if (shape?.length !== 2) return undefined;
  const [height, width, channels] = flattenedMaps(layers, layer) ?? [];
  if (height === undefined || width === undefined || channels === undefined) return { torchAxes: shape, order: [1, 0] };
  return { torchAxes: [shape[0] ?? 0, channels, height, width], order: [2, 3, 1, 0] };
}

/** `transposed[i0, i1, ...] = values[...]` with axis k of the result being axis `order[k]` of the input. */
function transpose(values: Float32Array, axes: readonly number[], order: readonly number[]): Float32Array {
  const strides = axes.map((_, axis) => axes.slice(axis + 1).reduce((product, size) => product * size, 1));
  const sizes = order.map((axis) => axes[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 0);
  // Axes of size 1 in front make every weight one of four axes.
  const [a = 1, b = 1, c = 1, d = 1] = [...Array(4 - sizes.length).fill(1), ...sizes];
  const [sa = 0, sb = 0, sc = 0, sd = 0] = [...Array(4 - steps.length).fill(0), ...steps];
  const result = new Float32Array(values.length);
  let place = 0;
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++)
      for (let k = 0; k < c; k++) {
        let from = i * sa + j * sb + k * sc;
        for (let l = 0; l < d; l++, from += sd) result[place++] = values[from] ?? 0;
      }
  return result;
}

/** PyTorch's numbers in tfjs's order. */
export const toTfjs = (values: Float32Array, { torchAxes, order }: Layout): Float32Array =>
  transpose(values, torchAxes, order);

/** tfjs's numbers in PyTorch's order. */
export function toTorch(values: Float32Array, { torchAxes, order }: Layout): Float32Array {
  const tfjsAxes = order.map((axis) => torchAxes[axis] ?? 1);
  return transpose(
    values,
    tfjsAxes,
    torchAxes.map((_, axis) => order.indexOf(axis)),
  );
}
