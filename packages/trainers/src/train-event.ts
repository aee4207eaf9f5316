/** What a network makes of an example. */
export interface Guess {
  /** Of the example in its data set. */
  index: number;
  /** Its class. */
  label: number;
  /** The predicted class. */
  predicted: number;
  /** The probability of the predicted class, from 0 to 1. */
  probability: number;
}

/** The metrics of a network on a data set. Accuracies are from 0 to 1. */
export interface Evaluation {
  /** Mean cross-entropy, in nats. */
  loss: number;
  /** Top-1 accuracy: the fraction of examples whose class has the highest probability. */
  top1: number;
  /** Top-5 accuracy: the fraction of examples whose class is among the five most probable. */
  top5: number;
  examples: number;
  /** `confusion[actual][predicted]` counts examples. */
  confusion: number[][];
  /** The mistakes with the highest probability, in descending order: 20 at most. */
  mistakes: Guess[];
  /** The correctly classified examples with the highest probability, in descending order: 20 at most. */
  confident: Guess[];
  /** The examples whose predicted class has the lowest probability, right or wrong, in ascending order: 20 at most. */
  uncertain: Guess[];
}

/** One step of the optimiser. */
export interface StepEvent {
  type: 'step';
  /** From 1. */
  epoch: number;
  /** From 1, within the epoch. */
  step: number;
  stepsPerEpoch: number;
  /** Mean cross-entropy over this batch, before the step, in nats; of smoothed or mixed labels where there are such. */
  loss: number;
  /** Share of this batch whose class is the first guess, before the step. */
  accuracy: number;
  learningRate: number;
  /** Since the epoch began, or training resumed. */
  imagesPerSecond: number;
  /** Left out if there are none. */
  warnings?: DeadNetwork[];
}

/** A ReLU layer is 0, in all channels, for all pictures of a batch: no gradient reaches the layers before it any more. */
export interface DeadNetwork {
  kind: 'dead';
  /** Of the training so far. */
  steps: number;
  /** Its path in the spec. */
  layer: string;
  /** How many pictures were looked at. */
  pictures: number;
}

/** A warning that a training seems to learn nothing. `warningText` turns it into a sentence. */
export type TrainingWarning =
  | DeadNetwork
  | {
      /** Every test picture is assigned to the same class, though they are of several. */
      kind: 'one-class';
      label: string;
      examples: number;
    }
  | {
      /** The loss has never been lower than by guessing, in nats, from how frequent the classes are. */
      kind: 'flat-loss';
      epochs: number;
      loss: number;
      guessing: number;
    };

/** One pass over the training examples. */
export interface EpochEvent {
  type: 'epoch';
  epoch: number;
  /** Mean cross-entropy over the epoch's examples, each as its step saw it, in nats. */
  loss: number;
  /** Share of the epoch's examples whose class was the first guess, each as its step saw it. */
  accuracy: number;
  /** Of its first step. */
  learningRate: number;
  /** Time spent on training, without validation. */
  seconds: number;
  /** Of these seconds, those in which the network waited for a batch to be read, decoded and transformed. */
  waitedForData: number;
  imagesPerSecond: number;
  /** Present if there is a validation set. */
  validation?: Evaluation;
  /** Present if there is a validation set, and `ema` keeps an average: how the averaged weights do on it. */
  averaged?: Evaluation;
  /** Left out if there are none. */
  warnings?: TrainingWarning[];
}

/** A checkpoint has been written. */
export interface CheckpointEvent {
  type: 'checkpoint';
  path: string;
}

/**
 * The device was lost with all that it held. Weights and optimiser are those of the last checkpoint again, in a file or
 * in memory, and training continues from there: the steps since then are repeated, with their events.
 */
export interface DeviceLostEvent {
  type: 'device-lost';
  /** The device's message. */
  reason: string;
  /** The backend on which training continues: the same one on a new device, or another. */
  backend: string;
  /** Epochs that are complete. */
  epochs: number;
  /** Steps of the current epoch that need not be repeated. */
  step: number;
}

/** Training has ended: all epochs are done, the loss has stopped falling (`earlyStopping`), or its signal was aborted. */
export interface DoneEvent {
  type: 'done';
  reason: 'finished' | 'early-stopping' | 'interrupted';
  /** Epochs that are complete. */
  epochs: number;
}

/** What `train` yields. Plain data: a progress bar, a JSON log, a chart and a test consume the same events. */
export type TrainEvent = StepEvent | EpochEvent | CheckpointEvent | DeviceLostEvent | DoneEvent;
