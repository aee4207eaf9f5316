import type { OnProgress } from '@zoo/core';
import type { Dataset } from '@zoo/loaders';
import type { Augmentation, Optimizer, Refinements, Schedule } from '@zoo/spec';
import type { TensorSource } from '@zoo/weights';
import type { ClassWeights } from './class-weights.ts';

/** Options of `train`. What is left out is as in `recipeFor(spec, training.length)`: the recipe of the model's spec, or one for few examples. */
export interface TrainOptions extends Refinements {
  /** Evaluated after every epoch. Default: none. */
  validation?: Dataset;
  /** Passes over the training examples. */
  epochs?: number;
  /** Examples of a step; the last batch of an epoch has what is left. */
  batchSize?: number;
  /** The rule that changes the weights, with its rate, decay and momentum: `sgd`, `adam` or `adamw`. */
  optimizer?: Optimizer;
  /** How the rate of the optimiser changes: `constant`, `stepDecay`, `plateau`, `cosine`, `oneCycle` or `polynomial`, each `withWarmup`. */
  schedule?: Schedule;
  /**
   * Steps of the augmentation of training pictures, in order: a crop, changes of the picture, `randomErasing`, `mixUp` and `cutMix`. Without a
   * crop the middle is cut out, as in tests. `usualAugmentations` of `@zoo/spec` has each step with its usual numbers.
   */
  augment?: readonly Augmentation[];
  /** Decides the order and the augmentation of the examples, and the dropout masks. Default: 0. */
  seed?: number;
  /** Paths of layers and blocks whose weights are not trained: `['features']`. Default: none. */
  freeze?: readonly string[];
  /**
   * The weight of each class in the loss, as the `weight` of PyTorch's CrossEntropyLoss: `Σ w·loss / Σ w` over a batch. `balanced`: each
   * class the same in total, however many pictures it has. The losses of events are not weighted. Default: equal weights.
   */
  classWeights?: ClassWeights;
  /** File for checkpoints, replaced after every epoch, every five minutes, and when `signal` or `stop` is aborted. Node only. Default: none. */
  checkpoint?: string;
  /**
   * File for the checkpoint of the best epoch so far, replaced after each better one: the highest validation accuracy, of equals the lowest
   * loss (those of training without a validation set). `resume` takes it as it does the other. Node only. Default: none.
   */
  bestCheckpoint?: string;
  /**
   * More texts for the metadata of each checkpoint in the file, by name, asked for when it is written. What a program records of a
   * training belongs here: it is replaced together with the weights, so that both always describe the same moment. Default: none.
   */
  checkpointMetadata?: () => Readonly<Record<string, string>>;
  /** A checkpoint to resume from, exactly as if training had never stopped. */
  resume?: TensorSource;
  /** Ends training after the current step, with a checkpoint. A running validation is aborted, and repeated when training resumes. */
  signal?: AbortSignal;
  /** Ends training as `signal` does, but lets a running validation finish: for a time limit. */
  stop?: AbortSignal;
  /**
   * Threads that decode and transform pictures while the network computes, as `workers` of `batches`: the result is the same, whatever
   * their number. Default: the number of cores for pictures in files, none for those in memory.
   */
  workers?: number | undefined;
  /** Called with a line where workers cannot be had. */
  onNotice?: ((line: string) => void) | undefined;
  /** Called with the progress of validation, which yields no events. */
  onProgress?: OnProgress;
}
