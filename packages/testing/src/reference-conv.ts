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

/** Calls `visit` once for each product of the convolution's definition that does not meet padding, with the places of its three elements. */
function eachProduct(
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
        const tap = (u * kernelWidth + v) * perGroup * outChannels + o;
        for (let c = 0; c < perGroup; c++) visit(input + c, tap + c * outChannels, output);
      }
    }
  }
}

/** Adds to an element. */
function add(values: Float64Array, index: number, value: number): void {
  values[index] = (values[index] ?? Number.NaN) + value;
}

/** The element, which is there. */
const of = ({ values }: Block, index: number): number => values[index] ?? Number.NaN;

export function referenceConv(x: Block, filter: Block, options: ReferenceConv): Block {
  const y = zeros(outShape(x, filter, options));
  eachProduct(x, filter, options, (input, tap, output) => add(y.values, output, of(x, input) * of(filter, tap)));
  return y;
}

export function referenceConvGradients(x: Block, filter: Block, dy: Block, options: ReferenceConv) {
  const [dx, dFilter] = [zeros(x.shape), zeros(filter.shape)];
  eachProduct(x, filter, options, (input, tap, output) => {
    const g = of(dy, output);
    add(dx.values, input, g * of(filter, tap));
    add(dFilter.values, tap, g * of(x, input));
  });
  return { dx, dFilter };
}
