import type * as tfl from '@tensorflow/tfjs-layers';
import { type Parse, parseArray, parseInteger, parseNumber, parseObject, ZooError } from '@zoo/core';
import {
  fillModel,
  metadataJson,
  modelBytes,
  openTensors,
  type SaveOptions,
  saveWeights,
  type TensorSource,
} from '@zoo/weights';
import { bestEpoch } from './best-epoch.ts';
import { averageTensors, restoreAverages } from './ema.ts';
import { type OptimizerState, optimizerTensors, restoreOptimizer } from './optimizer-state.ts';

/** The position of the training: together with the weights and the optimiser's slots, all that is needed to resume. */
export interface TrainingState {
  seed: number;
  batchSize: number;
  /** Number of training examples, to recognise another data set. */
  examples: number;
  /** Epochs that are complete. */
  epochs: number;
  /** Steps of the current epoch. */
  step: number;
  /** Steps of all epochs. */
  steps: number;
  /** Sums over the examples of the current epoch. */
  lossSum: number;
  correct: number;
  /** Validation loss of each complete epoch; training loss where there is no validation set. */
  losses: number[];
  /** Validation accuracy of each complete epoch; training accuracy where there is no validation set. */
  accuracies: number[];
}

export const firstState = (seed: number, batchSize: number, examples: number): TrainingState => ({
  seed,
  batchSize,
  examples,
  epochs: 0,
  step: 0,
  steps: 0,
  lossSum: 0,
  correct: 0,
  losses: [],
  accuracies: [],
});

const whole = parseInteger(0, Number.MAX_SAFE_INTEGER);
const parseState: Parse<TrainingState> = parseObject<TrainingState>({
  seed: parseInteger(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  batchSize: whole,
  examples: whole,
  epochs: whole,
  step: whole,
  steps: whole,
  lossSum: parseNumber(),
  correct: whole,
  losses: parseArray(parseNumber()),
  accuracies: parseArray(parseNumber(0, 1)),
});

/** The state is validated with the schema that reads it: a loss of NaN would become an unreadable `null`. */
const contents = (
  model: tfl.LayersModel,
  labels: readonly string[],
  optimizer: OptimizerState,
  state: TrainingState,
  metadata: Readonly<Record<string, string>> = {},
): SaveOptions => ({
  labels,
  tensors: [...optimizerTensors(optimizer), ...(optimizer.averages ? averageTensors(model, optimizer.averages) : [])],
  metadata: { ...metadata, 'zoo.training': JSON.stringify(parseState(state, 'checkpoint: zoo.training')) },
});

/**
 * Writes model, optimiser and state into one safetensors file, whole or not at all. It also loads as plain weights.
 *
 * @param metadata More texts of the caller, to be read when training resumes.
 */
export async function saveCheckpoint(
  file: string,
  model: tfl.LayersModel,
  labels: readonly string[],
  optimizer: OptimizerState,
  state: TrainingState,
  metadata?: Readonly<Record<string, string>>,
): Promise<void> {
  await saveWeights(model, file, contents(model, labels, optimizer, state, metadata));
}

/** The same file, in memory. */
export async function checkpointInMemory(
  model: tfl.LayersModel,
  labels: readonly string[],
  optimizer: OptimizerState,
  state: TrainingState,
): Promise<Blob> {
  const pieces: ArrayBuffer[] = [];
  for await (const piece of modelBytes(model, contents(model, labels, optimizer, state)))
    pieces.push(Uint8Array.from(piece).buffer);
  return new Blob(pieces);
}

/**
 * Fills model and optimiser from a checkpoint, and returns its position.
 *
 * @throws ZooError `usage` when it belongs to a training with another seed, batch size or data set.
 */
export async function loadCheckpoint(
  source: TensorSource,
  model: tfl.LayersModel,
  optimizer: OptimizerState,
  expected: TrainingState,
): Promise<TrainingState> {
  const file = await openTensors(source);
  try {
    const state = parseState(metadataJson(file, 'zoo.training'), `${file.name}: zoo.training`);
    for (const field of ['seed', 'batchSize', 'examples'] as const)
      if (state[field] !== expected[field])
        throw new ZooError(
          'usage',
          `${file.name}: was written with ${field} ${state[field]}, not ${expected[field]}. Resume with the same, or start a new training.`,
        );
    await fillModel(model, file);
    await restoreOptimizer(optimizer, file);
    if (optimizer.averages) await restoreAverages(model, optimizer.averages, file);
    return state;
  } finally {
    await file.close();
  }
}

/** Whether the last complete epoch is the best so far, and no step has been made since. */
export const isAtBest = ({ epochs, step, losses, accuracies }: TrainingState): boolean =>
  epochs > 0 &&
  step === 0 &&
  bestEpoch(losses.map((loss, index) => ({ loss, accuracy: accuracies[index] ?? 0 }))) === epochs;
