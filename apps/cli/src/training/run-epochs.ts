import type * as tfl from '@tensorflow/tfjs-layers';
import type { Dataset } from '@zoo/loaders';
import { type EpochEvent, type Evaluation, type TrainEvent, train } from '@zoo/trainers';
import type { TrainingProgress } from '../rendering/training-progress.ts';
import { writeHistory } from '../run/history.ts';
import type { RunFolder } from '../run/run-folder.ts';
import { progressMetadata } from '../run/run-progress.ts';
import { type EpochRecord, type RunRecord, writeRunRecord } from '../run/run-record.ts';
import type { Terminal } from '../terminal.ts';
import { newWarnings, warningLine } from './advice.ts';
import { eventFile } from './event-file.ts';
import { eventJson } from './event-json.ts';
import type { Interruption } from './interruption.ts';
import { stretches } from './stretches.ts';

/** A run and what it is trained on. */
export interface EpochsToRun {
  run: RunFolder;
  /** As it stands when training begins. */
  record: RunRecord;
  training: Dataset;
  test: Dataset;
  /** Whether to go on from the run's checkpoint. */
  resume: boolean;
  interruption: Interruption;
  /** Threads that decode pictures. Default: as `train` has it. */
  workers: number | undefined;
  terminal: Terminal;
  json: boolean;
}

const measuresOf = ({ loss, top1, top5, examples }: Evaluation): EpochRecord['validation'] => ({
  loss,
  top1,
  top5,
  examples,
});

function epochRecord({ type: _, validation, averaged, warnings: __, ...epoch }: EpochEvent): EpochRecord {
  if (!validation) throw new Error('train() was given test pictures, and gave back no evaluation');
  return { ...epoch, validation: measuresOf(validation), ...(averaged && { averaged: measuresOf(averaged) }) };
}

const withEpoch = (record: RunRecord, event: EpochEvent): RunRecord => ({
  ...record,
  epochs: [...record.epochs, epochRecord(event)],
});

/** Trains, and returns the record, with the last epoch's evaluations if the weights have not changed since. */
export async function runEpochs(
  model: tfl.LayersModel,
  { run, record: first, training, test, resume, interruption, workers, terminal, json }: EpochsToRun,
  progress: TrainingProgress,
): Promise<{ record: RunRecord; evaluation: Evaluation | undefined; averaged: Evaluation | undefined }> {
  const { recipe, seed, weights } = first.options;
  const learning = { preset: first.preset, recipe, weights };
  let record = first;
  /** As the checkpoint has it. */
  let saved = first;
  let evaluation: Evaluation | undefined;
  let averaged: Evaluation | undefined;
  const stretchesFrom = (former: RunRecord) =>
    stretches(former.steps, { batchSize: recipe.batchSize, pictures: training.length });
  let steps = stretchesFrom(first);
  const warningsOf = newWarnings();
  const show = (event: TrainEvent) => {
    const text = json ? eventJson(event) : undefined;
    if (text !== undefined) terminal.print(text);
    if (event.type === 'step') terminal.live(progress.step(event));
    if (event.type === 'epoch') (json ? terminal.note : terminal.print)(progress.epoch(event, terminal.columns));
    if (event.type === 'step' || event.type === 'epoch')
      for (const warning of warningsOf(event)) terminal.note(warningLine(warning, learning));
    if (event.type === 'device-lost')
      terminal.note(`${event.reason} Going on with ${event.backend} from the last checkpoint.`);
  };
  const events = train(model, training, {
    ...recipe,
    seed,
    ...(first.options.freeze && { freeze: first.options.freeze }),
    ...(first.options.classWeights && { classWeights: first.options.classWeights }),
    validation: test,
    checkpoint: run.checkpoint,
    ...(first.options.keepBest && { bestCheckpoint: run.best }),
    checkpointMetadata: () => {
      record = { ...record, steps: steps.list() };
      return progressMetadata(record);
    },
    ...(resume && { resume: run.checkpoint }),
    workers,
    onNotice: terminal.note,
    signal: interruption.signal,
    stop: interruption.training,
    onProgress: (done) => terminal.live(progress.evaluation(done)),
  });
  const curves = first.options.tensorboard
    ? eventFile(run.events, Math.ceil(training.length / recipe.batchSize))
    : undefined;
  for await (const event of events) {
    show(event);
    await curves?.add(event);
    if (event.type === 'step') {
      evaluation = undefined;
      averaged = undefined;
      steps.add(event);
    }
    if (event.type === 'epoch') {
      evaluation = event.validation;
      averaged = event.averaged;
      record = withEpoch(record, event);
    }
    if (event.type === 'device-lost') {
      record = saved;
      steps = stretchesFrom(saved);
    }
    if (event.type === 'checkpoint' && event.path === run.checkpoint) {
      saved = record;
      await writeRunRecord(run.record, record);
      await writeHistory(run.history, record);
    }
  }
  return { record, evaluation, averaged };
}
