import type * as tfl from '@tensorflow/tfjs-layers';
import { isZooError, ZooError } from '@zoo/core';
import { inferShapes } from '@zoo/spec';
import { type Evaluation, evaluate, oneClassOnly } from '@zoo/trainers';
import { saveWeights } from '@zoo/weights';
import { commandName } from '../command-name.ts';
import { sizeNotice } from '../data/size-notice.ts';
import { counted, percent, thousands } from '../rendering/quantities.ts';
import { trainingProgress } from '../rendering/training-progress.ts';
import { wrapped } from '../rendering/wrapped.ts';
import { writeReport } from '../report/write-report.ts';
import { writeHistory } from '../run/history.ts';
import { type KeptBest, keptBest } from '../run/kept-best.ts';
import type { RunFolder } from '../run/run-folder.ts';
import { type RecordedEvaluation, type RunRecord, writeRunRecord } from '../run/run-record.ts';
import { commandLine } from '../run/typed-command.ts';
import { errorWithAdvice, warningLine } from './advice.ts';
import { stoppedByItself } from './early-end.ts';
import { measures } from './event-json.ts';
import { type EpochsToRun, runEpochs } from './run-epochs.ts';
import { saveAverages } from './save-averages.ts';
import { saveExamples } from './save-examples.ts';
import { saveFilters } from './save-filters.ts';
import { endedEarly, stoppedText } from './stopped.ts';
import { trainingTime } from './stretches.ts';

/** A run whose folder is this process's, and how it is to be trained. */
interface RunToTrain extends EpochsToRun {
  /** With the weights that it begins with. */
  model: tfl.LayersModel;
  maxMinutes: number | undefined;
}

function announce({ run, record, training, test, terminal, json }: RunToTrain): void {
  const { spec, options, preset, data } = record;
  const say = json ? terminal.note : terminal.print;
  const { bold } = terminal.colours;
  say(`${bold(`${preset} on ${data.name}`)}, ${counted(inferShapes(spec).parameters, 'parameter')}`);
  const size = `${thousands(training.length)} training and ${thousands(test.length)} test pictures, ${counted(options.recipe.epochs, 'epoch')} in batches of ${options.recipe.batchSize}`;
  for (const line of wrapped(size, terminal.columns)) say(line);
  say(`Run folder ${run.folder}`);
}

const goOn = ({ folder }: RunFolder): string => `${commandName()} ${commandLine(['train', '--resume', folder])}`;

const interrupted = (run: RunFolder): ZooError =>
  new ZooError('interrupted', `stopped, checkpoint saved. Resume with: ${goOn(run)}`);

/** Prints the results and the next commands. */
function conclude(
  { run, terminal, json }: RunToTrain,
  record: RunRecord,
  { loss, top1, top5, examples, confusion }: Evaluation,
  best: KeptBest | undefined,
): void {
  const nameOfBest = `${run.folder}/best`;
  if (json) {
    const { folder, weights, report } = run;
    const { seconds } = trainingTime(record.steps);
    const epochs = record.epochs.length;
    const averages = record.averaged && {
      averaged: measures(record.averaged),
      averages: run.averages,
    };
    const { epoch, validation } = best?.epoch ?? {};
    const weightsOfBest = best?.lost ? {} : { weights: nameOfBest };
    const kept = validation && { best: { epoch, ...measures(validation), ...weightsOfBest } };
    const result = { loss, top1, top5, examples, weights, ...averages, ...kept, report };
    terminal.print(JSON.stringify({ type: 'done', run: folder, epochs, seconds, ...result }));
    return;
  }
  const { bold } = terminal.colours;
  const fifth = confusion.length > 5 ? `, top-5 ${percent(top5)}` : '';
  terminal.print('');
  terminal.print(`Test accuracy  ${bold(percent(top1))}${fifth}, on ${counted(examples, 'picture')}`);
  if (record.averaged)
    terminal.print(
      `Averaged       ${bold(percent(record.averaged.top1))}, the average of the weights: ${run.folder}/ema`,
    );
  if (best)
    terminal.print(
      `Best epoch     ${bold(percent(best.epoch.validation.top1))}, after epoch ${best.epoch.epoch}${best.lost ? ', whose file is lost' : `: ${nameOfBest}`}`,
    );
  terminal.print(`Report         ${run.report}`);
  if (endedEarly(record) && !stoppedByItself(record)) terminal.print(`Resume         ${goOn(run)}`);
  terminal.print(`Next           ${commandName()} ${commandLine(['classify', run.folder, 'my-picture.jpg'])}`);
}

const withoutPictures = ({ mistakes: _, confident: __, uncertain: ___, ...measures }: Evaluation): RecordedEvaluation =>
  measures;

/** Trains a run to its end, or to the next Ctrl-C, and leaves a consistent folder either way. */
export async function trainToEnd(options: RunToTrain): Promise<void> {
  const { model, run, training, test, interruption, workers, terminal, json, maxMinutes } = options;
  const { spec, data, options: runOptions } = options.record;
  announce(options);
  const notice = await sizeNotice(data.name, training, spec);
  if (notice) terminal.note(notice);
  await writeRunRecord(run.record, options.record);
  if (!options.resume) await saveFilters(run.firstFilters, model);
  if (maxMinutes !== undefined) interruption.startClock(maxMinutes);
  const learning = { preset: options.record.preset, recipe: runOptions.recipe, weights: runOptions.weights };
  const progress = trainingProgress({
    epochs: runOptions.recipe.epochs,
    pictures: training.length,
    tested: test.length,
    limit: maxMinutes === undefined ? undefined : maxMinutes * 60,
  });
  const {
    record,
    evaluation: fresh,
    averaged: freshAverage,
  } = await runEpochs(model, options, progress).catch((error: unknown) => {
    throw errorWithAdvice(error, run, learning);
  });
  terminal.endLive();

  const stopIfInterrupted = async () => {
    if (!interruption.signal.aborted) return;
    await writeRunRecord(run.record, { ...record, state: 'interrupted' });
    throw interrupted(run);
  };
  await stopIfInterrupted();
  const ended = stoppedByItself(record)
    ? `--early-stopping ${runOptions.recipe.earlyStopping}`
    : maxMinutes !== undefined && endedEarly(record) && `--max-minutes ${maxMinutes}`;
  if (ended) (json ? terminal.note : terminal.print)(stoppedText(record, ended, terminal.columns));
  // In batches as after an epoch: another size may change the last digit.
  const evaluateNow = () =>
    evaluate(model, test, {
      batchSize: runOptions.recipe.batchSize,
      workers,
      onNotice: terminal.note,
      signal: interruption.signal,
      onProgress: (done) => terminal.live(progress.evaluation(done)),
    }).catch(async (error: unknown) => {
      if (isZooError(error) && error.code === 'interrupted') await stopIfInterrupted();
      throw errorWithAdvice(error, run, learning);
    });
  const evaluation = fresh ?? (await evaluateNow());
  terminal.endLive();
  await saveWeights(model, run.weights, { labels: data.classes });
  const averaged =
    (runOptions.recipe.ema ?? 0) > 0
      ? await saveAverages(model, run, data.classes, async () => freshAverage ?? evaluateNow())
      : undefined;
  terminal.endLive();
  const examples = await saveExamples(run.examples, test);
  await saveFilters(run.filters, model);
  const finishedAt = new Date().toISOString();
  const finished: RunRecord = {
    ...record,
    state: 'finished',
    finishedAt,
    evaluation: withoutPictures(evaluation),
    ...(averaged && { averaged: withoutPictures(averaged) }),
  };
  await writeHistory(run.history, finished);
  const best = await keptBest(run, finished);
  await writeReport({ model, run, record: finished, evaluation, examples, test, best });
  await writeRunRecord(run.record, finished);
  conclude(options, finished, evaluation, best);
  for (const warning of oneClassOnly(evaluation, data.classes)) terminal.note(warningLine(warning, learning));
}
