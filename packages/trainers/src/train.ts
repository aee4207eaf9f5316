import type * as tfl from '@tensorflow/tfjs-layers';
import { deriveSeed, isZooError, yieldToEventLoop, type ZooError } from '@zoo/core';
import { isDropout, specOf } from '@zoo/layers/model';
import { batchCount, batches, type Dataset } from '@zoo/loaders';
import { recipeFor } from '@zoo/spec';
import { checkpointInMemory, firstState, isAtBest, loadCheckpoint, saveCheckpoint } from './checkpoint.ts';
import { classWeightsOf } from './class-weights.ts';
import { deadNetworkWatch } from './dead-network.ts';
import { canBeLost, isDeviceLoss, replaceDevice } from './device-loss.ts';
import { stopsEarly } from './early-stopping.ts';
import { withAverages } from './ema.ts';
import { epochsAhead } from './epochs-ahead.ts';
import { type EvaluateOptions, evaluate } from './evaluate.ts';
import { brokenTensor, diverged } from './finite.ts';
import { requireFit, requireSameClasses } from './fits-model.ts';
import { learnedWeights } from './learned-weights.ts';
import { disposeOptimizer, startOptimizer } from './optimizer-state.ts';
import { trainingMix, trainingSteps } from './pipelines.ts';
import { scheduleFactor } from './schedules.ts';
import { settledOptions } from './settled-options.ts';
import { timeWaiting } from './time-waiting.ts';
import type { DeviceLostEvent, DoneEvent, EpochEvent, Evaluation, TrainEvent } from './train-event.ts';
import type { TrainOptions } from './train-options.ts';
import { trainingStep } from './training-step.ts';
import { chanceLoss, flatLoss, oneClassOnly } from './warnings.ts';

const checkpointMinutes = 5;
/** Steps before the end of an epoch at which the next one's batches are begun: workers have nothing else to do by then. */
const stepsAhead = 3;
/** At least a microsecond, since rates divide by it. */
const seconds = (since: number): number => Math.max(1e-6, (performance.now() - since) / 1000);

/** The dropout masks of a step depend on the training's seed and the step's number alone. */
function setDropout(model: tfl.LayersModel, seed: number, step: number): void {
  for (const [position, layer] of model.layers.entries())
    if (isDropout(layer)) {
      layer.seed = deriveSeed(seed, position);
      layer.step = step;
    }
}

/**
 * Trains a model on a data set, its pictures preprocessed as its spec says: cross-entropy, mini-batches in a new order every epoch.
 * The loss may have smoothed labels, the gradient a limit, the weights an average; see `Refinements`.
 * Prints nothing: the events report progress. Ending the loop over them frees the resources of the training.
 * When the zoo's webgpu backend loses its device, training loads the last checkpoint on a new one, or on wasm, and continues;
 * without a file, it keeps that checkpoint in memory.
 *
 * @example for await (const event of train(model, training, { validation: test, epochs: 2 })) console.log(event.type);
 * @throws ZooError `data` when channels or classes do not fit, `not-finite` when training diverges: loss, weights, optimiser or
 *   outputs contain NaN or infinity, in which case no checkpoint is written; `usage` for an option out of its range, before anything is
 *   computed, and for a checkpoint of another training; `disk` when a
 *   checkpoint cannot be written, `device-lost` when there is no other backend.
 */
export async function* train(
  model: tfl.LayersModel,
  training: Dataset,
  options: TrainOptions = {},
): AsyncGenerator<TrainEvent, void, undefined> {
  const spec = specOf(model);
  const settled = settledOptions(options, recipeFor(spec, training.length));
  const { seed, epochs, batchSize, optimizer, schedule, augment, refinements } = settled;
  const { accumulate, earlyStopping } = refinements;
  const { validation, checkpoint, bestCheckpoint } = options;
  const { signal, stop, onProgress, checkpointMetadata, workers, onNotice } = options;
  requireFit(training, spec);
  if (validation) {
    requireFit(validation, spec);
    requireSameClasses(training, validation);
  }
  const classWeights = options.classWeights && classWeightsOf(training, options.classWeights);

  const stepsPerEpoch = batchCount(training.length, { batchSize });
  const transforms = trainingSteps(spec, augment);
  const mix = trainingMix(augment);
  // The first that has to be freed: what is refused is refused before.
  const optimizerState = startOptimizer(optimizer, learnedWeights(model, options.freeze), spec, refinements);
  const learningRate = (steps: number) =>
    optimizer.learningRate * scheduleFactor(schedule, { ...state, steps, totalSteps: epochs * stepsPerEpoch });

  const guessing = chanceLoss(training);
  const epochsOfBatches = epochsAhead((epoch, start) =>
    batches(training, {
      batchSize,
      shuffle: true,
      seed,
      epoch,
      start,
      transforms,
      workers,
      onNotice,
      ...(mix && { mix }),
    }),
  );

  let state = firstState(seed, batchSize, training.length);
  let saved = performance.now();
  /** The checkpoint to continue from when the device is lost. */
  let latest = options.resume;
  const divergence = (what: string): ZooError =>
    diverged({
      what,
      epoch: state.epochs + 1,
      step: state.step,
      learningRate: learningRate(Math.max(0, state.steps - 1)),
      optimizer,
      known: spec.recipe.optimizer,
      checkpoint: typeof latest === 'string' ? latest : undefined,
    });
  /** No loss has been computed since the last update. */
  async function requireFiniteState(): Promise<void> {
    const broken = await brokenTensor(model, optimizerState);
    if (broken !== undefined) throw divergence(`${broken} is not finite`);
  }
  async function* saveTo(file: string): AsyncGenerator<TrainEvent, void, undefined> {
    await saveCheckpoint(file, model, training.classes, optimizerState, state, checkpointMetadata?.());
    yield { type: 'checkpoint', path: file };
  }
  /**
   * After the checkpoint, which knows of the epoch too. A training that was killed between the two starts with this, as does one that goes
   * on from the best epoch.
   */
  async function* saveBest(): AsyncGenerator<TrainEvent, void, undefined> {
    if (bestCheckpoint !== undefined && isAtBest(state)) yield* saveTo(bestCheckpoint);
  }
  /** To the file, where there is one; else into memory, where the device may be lost. */
  async function* save(): AsyncGenerator<TrainEvent, void, undefined> {
    if (checkpoint !== undefined) {
      yield* saveTo(checkpoint);
      latest = checkpoint;
    } else if (canBeLost()) latest = await checkpointInMemory(model, training.classes, optimizerState, state);
    saved = performance.now();
  }
  /** In the middle of an epoch, whose end checks for itself. */
  async function* checkAndSave(): AsyncGenerator<TrainEvent, void, undefined> {
    if (checkpoint !== undefined || canBeLost()) await requireFiniteState();
    yield* save();
  }
  const done = (reason: DoneEvent['reason']): DoneEvent => ({ type: 'done', reason, epochs: state.epochs });
  async function* interrupted(): AsyncGenerator<TrainEvent, void, undefined> {
    if (checkpoint !== undefined) yield* checkAndSave();
    yield done('interrupted');
  }
  let stepsAtLoss = -1;
  async function afterLoss(loss: ZooError): Promise<DeviceLostEvent> {
    if (latest === undefined) throw loss;
    // A device that is lost again before any progress is not used again, so that this ends.
    const backend = await replaceDevice(loss, state.steps > stepsAtLoss);
    stepsAtLoss = state.steps;
    state = await loadCheckpoint(latest, model, optimizerState, state);
    return { type: 'device-lost', reason: loss.message, backend, epochs: state.epochs, step: state.step };
  }
  async function* run(): AsyncGenerator<TrainEvent, void, undefined> {
    yield* saveBest();
    const deadNetwork = deadNetworkWatch(model, Math.ceil(batchSize / accumulate), state.steps);
    while (state.epochs < epochs && !stopsEarly(state.losses, earlyStopping)) {
      const epoch = state.epochs + 1;
      const start = performance.now();
      let images = 0;
      const firstRate = learningRate(state.steps - state.step);
      const waiting = { seconds: 0 };
      for await (const batch of timeWaiting(epochsOfBatches.from(epoch, state.step), waiting)) {
        if (signal?.aborted || stop?.aborted) {
          yield* interrupted();
          return;
        }
        if (stepsPerEpoch - state.step <= stepsAhead && epoch < epochs) epochsOfBatches.begin(epoch + 1);
        const stepRate = learningRate(state.steps);
        setDropout(model, seed, state.steps * accumulate);
        const rates = {
          ...refinements,
          learningRate: stepRate,
          weightDecay: optimizer.weightDecay,
          step: state.steps + 1,
          classWeights,
        };
        const score = await trainingStep(model, optimizerState, batch, rates);
        images += score.examples;
        state = {
          ...state,
          step: state.step + 1,
          steps: state.steps + 1,
          lossSum: state.lossSum + score.loss,
          correct: state.correct + score.top1,
        };
        if (!Number.isFinite(score.loss)) throw divergence(`the loss is ${score.loss}`);
        const stepWarnings = await deadNetwork(batch, state.steps);
        yield {
          type: 'step',
          epoch,
          step: state.step,
          stepsPerEpoch,
          loss: score.loss / score.examples,
          accuracy: score.top1 / score.examples,
          learningRate: stepRate,
          imagesPerSecond: images / seconds(start),
          ...(stepWarnings.length > 0 && { warnings: stepWarnings }),
        };
        if (seconds(saved) > checkpointMinutes * 60) yield* checkAndSave();
        await yieldToEventLoop();
      }
      await requireFiniteState();
      const event: EpochEvent = {
        type: 'epoch',
        epoch,
        loss: state.lossSum / training.length,
        accuracy: state.correct / training.length,
        learningRate: firstRate,
        seconds: seconds(start),
        waitedForData: waiting.seconds,
        imagesPerSecond: images / seconds(start),
      };
      if (validation) {
        const evaluateNow = () =>
          evaluateUnlessAborted(model, validation, {
            batchSize,
            workers,
            onNotice,
            ...(signal && { signal }),
            ...(onProgress && { onProgress }),
          });
        const { averages } = optimizerState;
        const evaluation = await evaluateNow();
        const averaged = evaluation && averages && (await withAverages(model, averages, evaluateNow));
        if (!evaluation || (averages && !averaged)) {
          yield* interrupted();
          return;
        }
        event.validation = evaluation;
        if (averaged) event.averaged = averaged;
      }
      state = {
        ...state,
        epochs: epoch,
        step: 0,
        lossSum: 0,
        correct: 0,
        losses: [...state.losses, (event.validation ?? event).loss],
        accuracies: [...state.accuracies, event.validation?.top1 ?? event.accuracy],
      };
      const warnings = [
        ...(event.validation ? oneClassOnly(event.validation, training.classes) : []),
        ...flatLoss(state.losses, guessing),
      ];
      if (warnings.length > 0) event.warnings = warnings;
      // The event comes before the checkpoint, so that `checkpointMetadata` can include the epoch.
      yield event;
      yield* save();
      yield* saveBest();
    }
    yield done(state.epochs < epochs ? 'early-stopping' : 'finished');
  }

  try {
    if (latest !== undefined) state = await loadCheckpoint(latest, model, optimizerState, state);
    else if (canBeLost()) latest = await checkpointInMemory(model, training.classes, optimizerState, state);
    for (let going = true; going; ) {
      try {
        yield* run();
        going = false;
      } catch (error) {
        if (!isDeviceLoss(error)) throw error;
        yield await afterLoss(error);
      }
    }
  } finally {
    epochsOfBatches.end();
    disposeOptimizer(optimizerState);
  }
}

/** The evaluation; undefined when it was aborted: the epoch's steps are saved, and resuming starts with it. */
async function evaluateUnlessAborted(
  model: tfl.LayersModel,
  dataset: Dataset,
  options: EvaluateOptions,
): Promise<Evaluation | undefined> {
  try {
    return await evaluate(model, dataset, options);
  } catch (error) {
    if (isZooError(error) && error.code === 'interrupted') return undefined;
    throw error;
  }
}
