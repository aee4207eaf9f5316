import type { Multipliers } from './layer.ts';

/** Some of the factors on learning rate and weight decay. */
export interface ChangedMultipliers {
  learningRate?: Partial<Multipliers['learningRate']>;
  weightDecay?: Partial<Multipliers['weightDecay']>;
}

/** What a training may do beyond its optimiser and its schedule. All of it is optional, and off by default. */
export interface Refinements {
  /**
   * Share of each label that is spread evenly over all classes, as `label_smoothing` of PyTorch's CrossEntropyLoss (Szegedy et al. 2016,
   * section 7). From 0 to below 1. Default: 0.
   */
  labelSmoothing?: number;
  /**
   * Most that the gradient of all learned weights together may measure (its Euclidean norm, before weight decay); a longer one is
   * scaled down to it, as `clip_grad_norm_` of PyTorch and `clip_gradients` of Caffe do. Default: 0, no limit.
   */
  clipNorm?: number;
  /**
   * Parts in which a batch is computed, one after another; the weights change by the sum of their gradients. It is the gradient of the
   * whole batch in less memory; a batch normalisation sees the parts. Default: 1.
   */
  accumulate?: number;
  /**
   * Decay of an exponential moving average of the weights: `average ← ema·average + (1−ema)·w` after each step, from the weights after
   * the first step on, as `get_ema_multi_avg_fn` of PyTorch. Running statistics are the network's own. From 0 to below 1. Default: 0, no average.
   */
  ema?: number;
  /** Epochs in a row without a lower validation loss (training loss, where nothing is validated) after which training ends. Default: 0, never. */
  earlyStopping?: number;
  /** Factors on learning rate and weight decay, each in place of that of the network and its layers, which have those that are left out. Default: none. */
  multipliers?: ChangedMultipliers;
}
