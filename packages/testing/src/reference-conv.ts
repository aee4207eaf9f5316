import { type Block, type Shape, zeros } from './numbers.ts';

type Pair = readonly [number, number];

/** One number for both axes, or one for rows and one for columns. */
export interface ReferenceConv {
  stride: number | Pair;
  /** Zeros around: as many on every side, or those before and after the rows and the columns. */
  padding: number | readonly [Pair, Pair];
  groups: number;
  dilation: number | Pair;
}

interface Axis {
  stride: number;
  before: number;
  dilation: number;
  out: number;
}

const pair = (value: number | Pair): Pair => (typeof value === 'number' ? [value, value] : value);

/** Where the windows lie along rows and columns. */
function axesOf(x: Block, filter: Block, { stride, padding, dilation }: ReferenceConv): [rows: Axis, columns: Axis] {
  const axis = (inSize: number, kernel: number, place: 0 | 1): Axis => {
    const [before, after] = pair(typeof padding === 'number' ? padding : padding[place]);
    const [step, spread] = [pair(stride)[place], pair(dilation)[place]];
    const out = Math.floor((inSize + before + after - spread * (kernel - 1) - 1) / step) + 1;
    return { stride: step, before, dilation: spread, out };
  };
  return [axis(x.shape[1], filter.shape[0], 0), axis(x.shape[2], filter.shape[1], 1)];
}

function outShape(x: Block, filter: Block, options: ReferenceConv): Shape {
  const [rows, columns] = axesOf(x, filter, options);
  return [x.shape[0], rows.out, columns.out, filter.shape[3]];
}

/**
 * Calls `visit` once for each tap of a window that does not meet padding, with the places of its first input, its first weight and
 * the output. Of the channels that it sums, the inputs lie beside each other and the weights one row apart.
 */
function eachTap(
  x: Block,
  filter: Block,
  options: ReferenceConv,
  visit: (input: number, tap: number, output: number) => void,
): void {
  const [rows, columns] = axesOf(x, filter, options);
  const [batch, height, width, channels] = x.shape;
  const [kernelHeight, kernelWidth, perGroup, outChannels] = filter.shape;
  for (let output = 0; output < batch * rows.out * columns.out * outChannels; output++) {
    const o = output % outChannels;
    const pixel = (output - o) / outChannels;
    const j = pixel % columns.out;
    const i = ((pixel - j) / columns.out) % rows.out;
    const n = Math.floor(pixel / columns.out / rows.out);
    const first = Math.floor(o / (outChannels / options.groups)) * perGroup;
    for (let u = 0; u < kernelHeight; u++) {
      const row = i * rows.stride + u * rows.dilation - rows.before;
      if (row < 0 || row >= height) continue;
      for (let v = 0; v < kernelWidth; v++) {
        const column = j * columns.stride + v * columns.dilation - columns.before;
        if (column < 0 || column >= width) continue;
        const input = ((n * height + row) * width + column) * channels + first;
        visit(input, (u * kernelWidth + v) * perGroup * outChannels + o, output);
      }
    }
  }
}

/** Adds to an element. */
function add(values: Float64Array, index: number, value: number): void {
  values[index] = (values[index] ?? Number.NaN) + value;
}

/** The element, which is there. */
const of = (values: Float64Array, index: number): number => values[index] ?? Number.NaN;

export function referenceConv(x: Block, filter: Block, options: ReferenceConv): Block {
  const y = zeros(outShape(x, filter, options));
  const [, , channels, step] = filter.shape;
  const [inputs, weights, outputs] = [x.values, filter.values, y.values];
  eachTap(x, filter, options, (input, tap, output) => {
    for (let c = 0; c < channels; c++) add(outputs, output, of(inputs, input + c) * of(weights, tap + c * step));
  });
  return y;
}

export function referenceConvGradients(x: Block, filter: Block, dy: Block, options: ReferenceConv) {
  const [dx, dFilter] = [zeros(x.shape), zeros(filter.shape)];
  const [, , channels, step] = filter.shape;
  const [inputs, weights] = [x.values, filter.values];
  const [ofInputs, ofWeights] = [dx.values, dFilter.values];
  eachTap(x, filter, options, (input, tap, output) => {
    const g = of(dy.values, output);
    for (let c = 0; c < channels; c++) {
      add(ofInputs, input + c, g * of(weights, tap + c * step));
      add(ofWeights, tap + c * step, g * of(inputs, input + c));
    }
  });
  return { dx, dFilter };
}
