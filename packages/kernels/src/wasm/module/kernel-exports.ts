/**
 * The module's kernels, one file each in `assembly/`. Tensors are addresses of their first number, shapes are counts;
 * the result is a status that `Core.run` checks.
 */
export interface KernelExports {
  /** `out[c] = sum over r of x[r, c]`. */
  sumRows(x: number, out: number, rows: number, columns: number, scratch: number): number;
  /** Across channels. `lines` is scratch: `channels + 2 radius` numbers for each thread. */
  lrn(
    x: number,
    y: number,
    pixels: number,
    channels: number,
    radius: number,
    bias: number,
    alpha: number,
    beta: number,
    lines: number,
  ): number;
  /** Here twice as many. */
  lrnGrad(
    dy: number,
    x: number,
    y: number,
    dx: number,
    pixels: number,
    channels: number,
    radius: number,
    bias: number,
    alpha: number,
    beta: number,
    lines: number,
  ): number;
  withinChannelLrn(
    x: number,
    y: number,
    batch: number,
    height: number,
    width: number,
    channels: number,
    size: number,
    k: number,
    alpha: number,
    beta: number,
  ): number;
  /** `terms` is scratch of the size of `x`. */
  withinChannelLrnGrad(
    dy: number,
    x: number,
    y: number,
    dx: number,
    batch: number,
    height: number,
    width: number,
    channels: number,
    size: number,
    k: number,
    alpha: number,
    beta: number,
    terms: number,
  ): number;
  /** `y = max(x, 0)`. */
  relu(x: number, y: number, count: number): number;
  /** `dx = dy where x > 0, else 0`. */
  reluGrad(dy: number, x: number, dx: number, count: number): number;
  /** The results may go where the old weight and velocity are. */
  momentumUpdate(
    weight: number,
    velocity: number,
    gradient: number,
    newWeight: number,
    newVelocity: number,
    count: number,
    learningRate: number,
    momentum: number,
    weightDecay: number,
    caffe: number,
  ): number;
  /** Likewise. `meanScale` is `1 / (1 - beta1^t)`, `squareScale` is `1 / (1 - beta2^t)`. */
  adamUpdate(
    weight: number,
    mean: number,
    square: number,
    gradient: number,
    newWeight: number,
    newMean: number,
    newSquare: number,
    count: number,
    learningRate: number,
    beta1: number,
    beta2: number,
    meanScale: number,
    squareScale: number,
    epsilon: number,
    weightDecay: number,
  ): number;
  /** Describes the windows of the pool that is called next. */
  setWindows(
    batch: number,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    sizeHeight: number,
    sizeWidth: number,
    strideHeight: number,
    strideWidth: number,
    top: number,
    left: number,
  ): number;
  maxPool(x: number, y: number): number;
  /** Means over what of the windows lies inside of the image and its padding. */
  avgPool(x: number, y: number): number;
  maxPoolGrad(dy: number, x: number, y: number, dx: number): number;
  avgPoolGrad(dy: number, dx: number): number;
  /** `c = bias + a . b` with a few rows of `a`; `bias` may be 0, `scratch` as planned. */
  fewRows(
    a: number,
    b: number,
    bias: number,
    c: number,
    rows: number,
    columns: number,
    depth: number,
    relu: number,
    scratch: number,
  ): number;
  /** `c = bias + a . b^T`, likewise. */
  fewRowsTransposed(
    a: number,
    b: number,
    bias: number,
    c: number,
    rows: number,
    columns: number,
    depth: number,
    relu: number,
    scratch: number,
  ): number;
  /** `c = a . b`, of little depth. */
  shallow(
    a: number,
    b: number,
    c: number,
    rows: number,
    columns: number,
    depth: number,
    transposeA: number,
    transposeB: number,
    scratch: number,
  ): number;
  /** The filter of the convolution whose outputs `spreadSubPixels` puts where the pixels are. `geometry`: as for the plans, forward. */
  subPixelFilter(filter: number, to: number, geometry: number): number;
  spreadSubPixels(from: number, to: number, geometry: number, down: number, across: number): number;
  /** Makes the panels of the filter for the convolution that was planned last; `winograd` does it, any number of times. */
  winogradPanels(scratch: number, panels: number): number;
  winograd(scratch: number, panels: number): number;
  /** The gradient of `planWinogradBackpropFilter`. */
  winogradBackpropFilter(scratch: number): number;
  /** The product that was planned last, with that address of scratch. */
  multiply(scratch: number): number;
}

/** Plans: each answers with the bytes of scratch that are then needed, by `multiply` if not by the kernel of its name. `geometry` is where `Geometry` of assembly/conv2d.ts stands. */
export interface KernelPlans {
  planSumRows(rows: number, columns: number): number;
  /** `c[g] = bias + a[g] . b[g]`; `bias` may be 0. */
  planMatMul(
    a: number,
    b: number,
    bias: number,
    c: number,
    groups: number,
    rows: number,
    columns: number,
    depth: number,
    transposeA: number,
    transposeB: number,
    aGroup: number,
    bGroup: number,
    relu: number,
  ): number;
  planFewRows(rows: number, columns: number, depth: number): number;
  planShallow(columns: number, depth: number): number;
  /** `bias` may be 0. */
  planConv2d(x: number, filter: number, bias: number, y: number, geometry: number, relu: number): number;
  planConv2dBackpropFilter(x: number, dy: number, dFilter: number, geometry: number): number;
  /** The same by Winograd's short convolutions, for `winograd`, or 0 where the other way is better. With panels that are `kept` it is sooner. */
  planWinograd(
    x: number,
    filter: number,
    bias: number,
    y: number,
    geometry: number,
    relu: number,
    kept: number,
  ): number;
  /** Bytes of the panels for what was planned last. */
  planWinogradPanels(): number;
  planWinogradBackpropInput(dy: number, filter: number, dx: number, geometry: number): number;
  planWinogradBackpropFilter(x: number, dy: number, dFilter: number, geometry: number): number;
  /** Pixels of one phase of the stride, or 0 where they are zeros. */
  planConv2dBackpropInput(
    dy: number,
    filter: number,
    dx: number,
    geometry: number,
    phaseRow: number,
    phaseColumn: number,
  ): number;
}

/** What the pool itself exports, and what is for measuring. */
interface OtherExports {
  initialize(control: number): void;
  bareTiles(a: number, b: number, c: number, depth: number, times: number): void;
}

export type KernelName = keyof KernelExports;
export type PlanName = keyof KernelPlans;
type Exports = KernelExports & KernelPlans & OtherExports;

const names: Readonly<Record<keyof Exports, true>> = {
  initialize: true,
  bareTiles: true,
  sumRows: true,
  planSumRows: true,
  lrn: true,
  lrnGrad: true,
  withinChannelLrn: true,
  withinChannelLrnGrad: true,
  relu: true,
  reluGrad: true,
  momentumUpdate: true,
  adamUpdate: true,
  setWindows: true,
  maxPool: true,
  avgPool: true,
  maxPoolGrad: true,
  avgPoolGrad: true,
  fewRows: true,
  fewRowsTransposed: true,
  planFewRows: true,
  shallow: true,
  subPixelFilter: true,
  spreadSubPixels: true,
  planShallow: true,
  multiply: true,
  planWinograd: true,
  planWinogradBackpropInput: true,
  planWinogradBackpropFilter: true,
  winogradBackpropFilter: true,
  planWinogradPanels: true,
  winogradPanels: true,
  winograd: true,
  planMatMul: true,
  planConv2d: true,
  planConv2dBackpropFilter: true,
  planConv2dBackpropInput: true,
};

/** True for the exports of our module. */
export const isKernelExports = (exports: object): exports is Exports =>
  Object.keys(names).every((name) => typeof Reflect.get(exports, name) === 'function');
