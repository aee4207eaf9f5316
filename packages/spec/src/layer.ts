/**
 * The layers of the zoo's families as plain data, each with the function that writes it down.
 * A table of these is the whole architecture; see `ModelSpec`.
 */

/**
 * How a tensor is filled before training. A number is a constant.
 *
 * - `xavier-uniform`: Uniform in ±√(6 / (fanIn + fanOut)) (Glorot and Bengio 2010).
 * - `fan-in-uniform`: Uniform in ±1/√fanIn: what PyTorch's Conv2d and Linear do by default, for weights and biases alike.
 */
export type Initializer =
  | number
  | {
      /** Normal with mean 0 and this standard deviation. */
      normal: number;
    }
  | 'xavier-uniform'
  | {
      /** Uniform in ±this/fanIn: 2.4 in LeCun et al. 1998, appendix A. */
      uniformOverFanIn: number;
    }
  | 'fan-in-uniform';

/** Initial values of a layer's weight and bias. */
export interface Init {
  weight: Initializer;
  bias: Initializer;
}

/** Factors on the recipe's learning rate and weight decay, as Caffe's `lr_mult` and `decay_mult`. */
export interface Multipliers {
  learningRate: { weight: number; bias: number };
  weightDecay: { weight: number; bias: number };
}

interface Named {
  /** Attribute of the original class that holds this module, where it is not a position in a `Sequential`. */
  name?: string;
  /** Name in the Caffe original: `conv1`, `fc6`. */
  caffe?: string;
}

interface Weighted extends Named {
  /** Initial values, where they differ from the spec's. */
  init?: Partial<Init>;
  /** Learning rate and decay factors, where they differ from the spec's. */
  multipliers?: Multipliers;
}

/** Convolution with a square kernel and symmetric zero padding. */
export interface Conv extends Weighted {
  kind: 'conv';
  filters: number;
  kernel: number;
  stride: number;
  padding: number;
  /** Towers that see only their share of the input channels (paper, section 3.2). */
  groups: number;
  /**
   * For each filter, the input channels that it sees, ascending from 0 (LeCun et al. 1998, table I); with groups 1.
   * Only these connections have weights: they are kept as `[connections, kernel, kernel]`, filter by filter. Default: all.
   */
  connections?: readonly (readonly number[])[];
}

/** Fully connected layer. `'classes'` stands for the number of classes, whatever it is. */
export interface Dense extends Weighted {
  kind: 'dense';
  units: number | 'classes';
}

/** `y = max(x, 0)` (paper, section 3.1). */
export interface Relu extends Named {
  kind: 'relu';
}

/** `y = amplitude · tanh(gain · x)`: 1.7159 and 2/3 in LeCun et al. 1998, appendix A. */
export interface Tanh extends Named {
  kind: 'tanh';
  amplitude: number;
  gain: number;
}

/** `y = weight · Σ window + bias`, a weight and a bias a channel, `size`×`size` windows side by side (LeCun et al. 1998, section II.B). */
export interface Subsample extends Weighted {
  kind: 'subsample';
  size: number;
}

/**
 * Euclidean radial basis functions with fixed centres: `y = −Σ (x − code)²`, a logit a class (LeCun et al. 1998, section II.B).
 * A network with other classes takes the first codes.
 */
export interface Rbf extends Named {
  kind: 'rbf';
  /** For each class, what its vector should be. */
  codes: readonly (readonly number[])[];
}

/** What `alpha` multiplies: the sum of squares (`tensorflow`, and the paper's text), or their mean (`caffe`, `pytorch`). */
export type LrnConvention = 'tensorflow' | 'caffe' | 'pytorch';

/** Local response normalisation `b = a / (k + A·Σ a²)^beta` (paper, section 3.3). */
export interface Lrn extends Named {
  kind: 'lrn';
  /** Neighbours in the sum, `n` in the paper. Odd. */
  size: number;
  alpha: number;
  beta: number;
  k: number;
  convention: LrnConvention;
  /** Neighbours are channels at the same place, or a `size`×`size` window of the same channel. */
  region: 'across-channels' | 'within-channel';
}

/** `alpha` as it multiplies the mean of the squares, which `caffe` and `pytorch` state, and ONNX. */
export function alphaOnMean({ alpha, size, convention, region }: Lrn): number {
  if (convention !== 'tensorflow') return alpha;
  return alpha * (region === 'within-channel' ? size * size : size);
}

/** Whether it divides by one, and so passes its input through, as with `lrn: false` of `configure`. */
export const passesThrough = ({ alpha, k }: Lrn): boolean => alpha === 0 && k === 1;

interface Pool extends Named {
  size: number;
  stride: number;
  padding: number;
  /** Round the output size up, as Caffe does, or down, as PyTorch does. */
  ceil: boolean;
}

/** Overlapping where `size > stride` (paper, section 3.4). */
export interface MaxPool extends Pool {
  kind: 'maxPool';
}

/** A window that reaches over the edge divides by what lies inside. */
export interface AvgPool extends Pool {
  kind: 'avgPool';
}

/** Average over as many windows as it takes to give `size`×`size`. */
export interface AdaptiveAvgPool extends Named {
  kind: 'adaptiveAvgPool';
  size: number;
}

/** Batch normalisation over N, H, W (Ioffe and Szegedy 2015). */
export interface BatchNorm extends Named {
  kind: 'batchNorm';
  epsilon: number;
  /** Share of the new batch in the running statistics, as PyTorch counts it. */
  momentum: number;
}

/** Zeroes a fraction of its inputs while training, and scales the rest up (paper, section 4.2). */
export interface Dropout extends Named {
  kind: 'dropout';
  rate: number;
}

/** Maps to a vector. A `call` is a line of the original's `forward`, not a module: it has no number and is not listed. */
export interface Flatten extends Named {
  kind: 'flatten';
  call: boolean;
}

export type Layer =
  | Conv
  | Dense
  | Relu
  | Tanh
  | Lrn
  | MaxPool
  | AvgPool
  | AdaptiveAvgPool
  | Subsample
  | BatchNorm
  | Dropout
  | Flatten
  | Rbf;

/** A layer whose weights have initial values and multipliers. */
export type WeightedLayer = Conv | Dense | Subsample;

export const isWeighted = (layer: Layer): layer is WeightedLayer =>
  layer.kind === 'conv' || layer.kind === 'dense' || layer.kind === 'subsample';

export type LayerKind = Layer['kind'];

/** A named `Sequential` of the original class. */
export interface Block {
  kind: 'block';
  name: string;
  layers: readonly Node[];
}

export type Node = Layer | Block;

type Options<L, Given extends keyof L> = Partial<Omit<L, Given | 'kind'>>;

export const block = (name: string, layers: readonly Node[]): Block => ({ kind: 'block', name, layers });

/** Defaults: stride 1, padding 0, groups 1. */
export const conv = (filters: number, kernel: number, options: Options<Conv, 'filters' | 'kernel'> = {}): Conv => ({
  kind: 'conv',
  filters,
  kernel,
  stride: 1,
  padding: 0,
  groups: 1,
  ...options,
});

export const dense = (units: number | 'classes', options: Options<Dense, 'units'> = {}): Dense => ({
  kind: 'dense',
  units,
  ...options,
});

export const relu = (options: Named = {}): Relu => ({ kind: 'relu', ...options });

/** Defaults: amplitude 1, gain 1. */
export const tanh = (options: Options<Tanh, never> = {}): Tanh => ({ kind: 'tanh', amplitude: 1, gain: 1, ...options });

export const subsample = (size: number, options: Options<Subsample, 'size'> = {}): Subsample => ({
  kind: 'subsample',
  size,
  ...options,
});

export const rbf = (codes: readonly (readonly number[])[], options: Named = {}): Rbf => ({
  kind: 'rbf',
  codes,
  ...options,
});

/** Default region: across channels. Everything else is stated: frameworks disagree about it. */
export const lrn = (options: Omit<Lrn, 'kind' | 'region'> & Partial<Pick<Lrn, 'region'>>): Lrn => ({
  kind: 'lrn',
  region: 'across-channels',
  ...options,
});

/** Defaults: padding 0, rounding down. */
export const maxPool = (size: number, stride: number, options: Options<MaxPool, 'size' | 'stride'> = {}): MaxPool => ({
  kind: 'maxPool',
  size,
  stride,
  padding: 0,
  ceil: false,
  ...options,
});

/** Defaults: padding 0, rounding down. */
export const avgPool = (size: number, stride: number, options: Options<AvgPool, 'size' | 'stride'> = {}): AvgPool => ({
  kind: 'avgPool',
  size,
  stride,
  padding: 0,
  ceil: false,
  ...options,
});

export const adaptiveAvgPool = (size: number, options: Named = {}): AdaptiveAvgPool => ({
  kind: 'adaptiveAvgPool',
  size,
  ...options,
});

/** Defaults, PyTorch's: epsilon 1e-5, momentum 0.1. */
export const batchNorm = (options: Options<BatchNorm, never> = {}): BatchNorm => ({
  kind: 'batchNorm',
  epsilon: 1e-5,
  momentum: 0.1,
  ...options,
});

export const dropout = (rate: number, options: Named = {}): Dropout => ({ kind: 'dropout', rate, ...options });

/** Default: a module of its own. `{ call: true }`: a line of `forward`. */
export const flatten = (options: Options<Flatten, never> = {}): Flatten => ({
  kind: 'flatten',
  call: false,
  ...options,
});
