/** An example whose class is not the first guess. */
export interface Mistake {
  /** Of the example in its data set. */
  index: number;
  /** Its class. */
  label: number;
  /** The class that it was taken for. */
  predicted: number;
  /** How sure the network was of that, from 0 to 1. */
  probability: number;
}

/** How well a network does on a data set. Shares are from 0 to 1. */
export interface Evaluation {
  /** Mean cross-entropy, in nats. */
  loss: number;
  /** Share of the examples whose class is the first guess. */
  top1: number;
  /** Share of the examples whose class is among the first five guesses. */
  top5: number;
  examples: number;
  /** `confusion[actual][guessed]` counts examples. */
  confusion: number[][];
  /** The mistakes that the network was surest of, the worst first: 20 at most. */
  mistakes: Mistake[];
}

/** One step of the optimiser. */
export interface StepEvent {
  type: 'step';
  /** From 1. */
  epoch: number;
  /** From 1, within the epoch. */
  step: number;
  stepsPerEpoch: number;
  /** Mean cross-entropy over this batch, before the step, in nats. */
  loss: number;
  /** Share of this batch whose class is the first guess, before the step. */
  accuracy: number;
  learningRate: number;
  /** Since the epoch began, or training resumed. */
  imagesPerSecond: number;
}

/** A training that goes on, and looks as if nothing came of it. `warningText` says it in words. */
export type TrainingWarning =
  /** Every test picture is taken for the same class, though they are of several. */
  | { kind: 'one-class'; label: string; examples: number }
  /** The loss has never been lower than by guessing, in nats, from how frequent the classes are. */
  | { kind: 'flat-loss'; epochs: number; loss: number; guessing: number };

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
  imagesPerSecond: number;
  /** Where a validation set was given. */
  validation?: Evaluation;
  /** Left out where there is nothing to warn of. */
  warnings?: TrainingWarning[];
}

/** The state of training has been written down, whole. */
export interface CheckpointEvent {
  type: 'checkpoint';
  path: string;
}

/**
 * The device was lost with all that it held. Weights and optimiser are those of the last checkpoint again, in a file or
 * in memory, and training goes on from there: the steps since then are done, and heard of, anew.
 */
export interface DeviceLostEvent {
  type: 'device-lost';
  /** What the device said. */
  reason: string;
  /** Where training goes on: the same backend on a new device, or another. */
  backend: string;
  /** Epochs that are complete. */
  epochs: number;
  /** Steps of the epoch under way that need not be done again. */
  step: number;
}

/** Training has ended: all epochs are done, or its signal was aborted. */
export interface DoneEvent {
  type: 'done';
  reason: 'finished' | 'interrupted';
  /** Epochs that are complete. */
  epochs: number;
}

/** What `train` yields. Plain data: a progress bar, a JSON log, a chart and a test consume the same events. */
export type TrainEvent = StepEvent | EpochEvent | CheckpointEvent | DeviceLostEvent | DoneEvent;
