// Generated from assembly/ by npm run build:wasm. Do not edit.

/** Kernels: each answers with a status. Tensors are addresses of their first element; a structure, too, is its address. */
export interface Kernels {
  /** Multiplies as was planned last, by `planMatMul` or one of the convolutions. */
  multiply(scratch: number): number;
  /** Does what `planFewChannels` or `planFewChannelsBackpropFilter` has planned last. */
  fewChannels(scratch: number): number;
  /**
   * What that convolution gives, to where the pixels are. It begins with the block of pixels that the first of the image is in.
   *
   * @param from `[batch, blocks down, blocks across, strideHeight, strideWidth, channels]`. @param to `[batch, height, width, channels]`.
   */
  spreadSubPixels(from: number, to: number, geometry: number, down: number, across: number): number;
  /**
   * The filter of that convolution, `[taps down, taps across, outChannels, strideHeight, strideWidth, channels]`, rotated by 180 degrees,
   * with zeros where the steps go on beyond the filter. @param geometry Of the convolution that went forward, of one group.
   */
  subPixelFilter(filter: number, to: number, geometry: number): number;
  /** Makes the panels of the filter for what was planned last. */
  winogradPanels(scratch: number, panels: number): number;
  /** Convolves as planned last. */
  winograd(scratch: number, panels: number): number;
  winogradBackpropFilter(scratch: number): number;
  /** `c = bias + a . b^T`: dot products. @param a `[rows, depth]` @param b `[columns, depth]` @param bias `[columns]` or 0 */
  fewRowsTransposed(a: number, b: number, bias: number, c: number, rows: number, columns: number, depth: number, relu: boolean, scratch: number): number;
  /** `c = bias + a . b`: rows of `b`, added up. @param a `[rows, depth]` @param b `[depth, columns]` @param bias `[columns]` or 0 */
  fewRows(a: number, b: number, bias: number, c: number, rows: number, columns: number, depth: number, relu: boolean, scratch: number): number;
  /** `c = a . b`. @param a `[rows, depth]`, with `transposeA` `[depth, rows]`. @param b `[depth, columns]`, with `transposeB` `[columns, depth]`. */
  shallow(a: number, b: number, c: number, rows: number, columns: number, depth: number, transposeA: boolean, transposeB: boolean, scratch: number): number;
  /** @param x `[rows, columns]` @param out `[columns]` @param sums Scratch, see `planSumRows`. */
  sumRows(x: number, out: number, rows: number, columns: number, sums: number): number;
  /** Describes the windows, for the call of a pool that follows. */
  setWindows(batch: number, height: number, width: number, channels: number, outHeight: number, outWidth: number, sizeHeight: number, sizeWidth: number, strideHeight: number, strideWidth: number, top: number, left: number): number;
  maxPool(x: number, y: number): number;
  avgPool(x: number, y: number): number;
  /** Each window's gradient goes to the first pixel that holds its maximum. */
  maxPoolGrad(dy: number, x: number, y: number, dx: number): number;
  /** Each window's gradient goes to all of its pixels in equal parts. */
  avgPoolGrad(dy: number, dx: number): number;
  /** @param lines Scratch: `channels + 2 radius` elements a thread. */
  lrn(x: number, y: number, pixels: number, channels: number, radius: number, bias: number, alpha: number, beta: number, lines: number): number;
  /** @param lines Scratch: twice as much. */
  lrnGrad(dy: number, x: number, y: number, dx: number, pixels: number, channels: number, radius: number, bias: number, alpha: number, beta: number, lines: number): number;
  withinChannelLrn(x: number, y: number, batch: number, height: number, width: number, channels: number, size: number, k: number, alpha: number, beta: number): number;
  /** @param terms Scratch of the size of `x`. */
  withinChannelLrnGrad(dy: number, x: number, y: number, dx: number, batch: number, height: number, width: number, channels: number, size: number, k: number, alpha: number, beta: number, terms: number): number;
  relu(x: number, y: number, count: number): number;
  reluGrad(dy: number, x: number, dx: number, count: number): number;
  /** @param newWeight Where the result goes; it may be `weight` itself, and `newVelocity` may be `velocity`. */
  momentumUpdate(weight: number, velocity: number, gradient: number, newWeight: number, newVelocity: number, count: number, learningRate: number, momentum: number, weightDecay: number, caffe: boolean, nesterov: boolean): number;
  /** @param newWeight Where the result goes; it may be `weight` itself, and so may the other two. */
  adamUpdate(weight: number, mean: number, square: number, gradient: number, newWeight: number, newMean: number, newSquare: number, count: number, learningRate: number, beta1: number, beta2: number, meanScale: number, squareScale: number, epsilon: number, weightDecay: number, decoupled: boolean): number;
  /** Leaves one number at `out`. */
  sumElements(x: number, out: number, count: number): number;
}

/** Plans: each answers with the bytes of scratch that what it plans will need. */
export interface Plans {
  /**
   * `c[g] = bias + a[g] . b[g]`: plans it, and answers with the bytes of scratch that `multiply` needs.
   *
   * @param a `[groups, rows, depth]`, with `transposeA` `[groups, depth, rows]`; `aGroup` elements from one to the next, 0 for the same.
   * @param b `[groups, depth, columns]`, with `transposeB` `[groups, columns, depth]`.
   * @param bias `[columns]`, the same for all groups, or 0.
   */
  planMatMul(a: number, b: number, bias: number, c: number, groups: number, rows: number, columns: number, depth: number, transposeA: boolean, transposeB: boolean, aGroup: number, bGroup: number, relu: boolean): number;
  /** `y = bias + windows(x) . filter`, by `multiply`. */
  planConv2d(x: number, filter: number, bias: number, y: number, geometry: number, relu: boolean): number;
  /** `dFilter = windows(x)^T . dy`, by `multiply`. */
  planConv2dBackpropFilter(x: number, dy: number, dFilter: number, geometry: number): number;
  /** `y = bias + windows(x) . filter`, by `fewChannels`. */
  planFewChannels(x: number, filter: number, bias: number, y: number, geometry: number, relu: boolean): number;
  /** `dFilter = windows(x)^T . dy`, by `fewChannels`. */
  planFewChannelsBackpropFilter(x: number, dy: number, dFilter: number, geometry: number): number;
  /**
   * Plans one phase, and answers with the bytes of scratch that `multiply` needs, or 0 if no tap counts: its pixels are zeros.
   *
   * @param geometry Of the convolution that went forward.
   */
  planConv2dBackpropInput(dy: number, filter: number, dx: number, geometry: number, phaseRow: number, phaseColumn: number): number;
  /** `y = bias + windows(x) . filter`. Answers with the bytes of scratch that are needed besides the panels. */
  planWinograd(x: number, filter: number, bias: number, y: number, geometry: number, relu: boolean): number;
  /** The gradient of the input: the convolution of `dy` with the flipped filter. Likewise. */
  planWinogradBackpropInput(dy: number, filter: number, dx: number, geometry: number): number;
  /** Bytes of the panels for what was planned last. */
  planWinogradPanels(): number;
  /** `dFilter = windows(x)^T . dy`. Answers with the bytes of scratch that `winogradBackpropFilter` needs. */
  planWinogradBackpropFilter(x: number, dy: number, dFilter: number, geometry: number): number;
  /** Bytes of scratch that either of the two products below needs. */
  planFewRows(rows: number, columns: number, depth: number): number;
  /** Bytes of scratch. */
  planShallow(columns: number, depth: number): number;
  /** Bytes of scratch that `sumRows` needs. */
  planSumRows(rows: number, columns: number): number;
}

/** The threads, and what is for measuring. */
export interface Others {
  /** Every instance of the module, the main thread's and the workers', calls this first. */
  initialize(address: number): void;
  /** A worker's first call: it counts as present from then on. */
  enter(address: number): void;
  /** Called in place of a thread that broke down: the main thread learns of it at once. */
  fail(): void;
  /** Tiles over and over on panels that stay in the first cache: the rate that no product can exceed. For measuring. */
  bareTiles(a: number, b: number, c: number, depth: number, times: number): void;
  /**
   * What a worker calls over and over: it helps with what there is, or sleeps until there is something, at most as many
   * milliseconds as it is told. It returns in between, for engines replace slow code by fast only when a function is called.
   */
  serve(thread: number, milliseconds: number): number;
}

export const exportNames: readonly string[] = [
  'initialize',
  'enter',
  'serve',
  'fail',
  'multiply',
  'planMatMul',
  'bareTiles',
  'planConv2d',
  'planConv2dBackpropFilter',
  'planFewChannels',
  'planFewChannelsBackpropFilter',
  'fewChannels',
  'spreadSubPixels',
  'planConv2dBackpropInput',
  'subPixelFilter',
  'winogradPanels',
  'winograd',
  'winogradBackpropFilter',
  'planWinograd',
  'planWinogradBackpropInput',
  'planWinogradPanels',
  'planWinogradBackpropFilter',
  'planFewRows',
  'fewRowsTransposed',
  'fewRows',
  'planShallow',
  'shallow',
  'planSumRows',
  'sumRows',
  'setWindows',
  'maxPool',
  'avgPool',
  'maxPoolGrad',
  'avgPoolGrad',
  'lrn',
  'lrnGrad',
  'withinChannelLrn',
  'withinChannelLrnGrad',
  'relu',
  'reluGrad',
  'momentumUpdate',
  'adamUpdate',
  'sumElements',
];

/**
 * What the threads share: one block of the heap, at the same address for all of them, which the loader allocates with tfjs's
 * `_malloc` and fills with zeros.
 *
 *     0        64                        448
 *     Control  arguments of the job      a structure that a call takes, such as Geometry
 */
export const Control = {
  ticket: 0,
  done: 8,
  failed: 12,
  newest: 16,
  ready: 20,
  kind: 24,
  mayBlock: 28,
  timeout: 32,
  threads: 36,
} as const;

/** All are counts; `inChannels` and `outChannels` are those of all groups. */
export interface Geometry {
  readonly batchSize: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly groups: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly top: number;
  readonly left: number;
}

export const bytesOfGeometry = 64;

/** @param words Begin where the structure does. */
export function writeGeometry(words: Int32Array, values: Geometry): void {
  words[0] = values.batchSize;
  words[1] = values.inHeight;
  words[2] = values.inWidth;
  words[3] = values.inChannels;
  words[4] = values.filterHeight;
  words[5] = values.filterWidth;
  words[6] = values.outHeight;
  words[7] = values.outWidth;
  words[8] = values.outChannels;
  words[9] = values.groups;
  words[10] = values.strideHeight;
  words[11] = values.strideWidth;
  words[12] = values.dilationHeight;
  words[13] = values.dilationWidth;
  words[14] = values.top;
  words[15] = values.left;
}

export const ok = 0;
export const threadFailed = 1;
export const noAnswer = 2;
export const jobOffset = 64;
export const jobBytes = 384;
export const tileColumns = 8;
export const fewChannels = 16;
export const points = 6;
