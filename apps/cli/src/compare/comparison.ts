import { ZooError } from '@zoo/core';
import { inferShapes } from '@zoo/spec';
import { type Setting, settingsOf } from '../report/settings.ts';
import { bestOf } from '../run/best-of.ts';
import { epochsDone } from '../run/epochs-done.ts';
import type { RunPart } from '../run/run-named.ts';
import type { RunRecord } from '../run/run-record.ts';
import { trainingTime } from '../training/stretches.ts';

/** The results of a run. A run without a test has no metrics. */
export interface Results {
  top1?: number;
  top5?: number;
  loss?: number;
  /** The best test after a whole epoch. */
  best?: { epoch: number; top1: number };
  /** With the average of the weights, where the run keeps one. */
  averaged?: { top1: number; loss: number };
  /** Test pictures. */
  examples?: number;
  /** Epochs from the start, with the part of one that was broken off. */
  epochs: number;
  /** Time spent on training. */
  seconds: number;
  imagesPerSecond: number;
  parameters: number;
}

/** A run in a comparison. */
export interface ComparedRun {
  /** The folder, as the user wrote it. */
  name: string;
  record: RunRecord;
  settings: readonly Setting[];
  results: Results;
}

/**
 * The final test, else that of the last epoch; or the one of the weights that are named.
 *
 * @throws ZooError `not-found` for a best epoch or an average that the run does not have.
 */
function resultsOf(name: string, { epochs, steps, evaluation, averaged, spec }: RunRecord, part: RunPart): Results {
  const best = bestOf({ epochs });
  const average = averaged ?? epochs.at(-1)?.averaged;
  const tested = { last: evaluation ?? epochs.at(-1)?.validation, best: best?.validation, ema: average }[part];
  if (part !== 'last' && !tested)
    throw new ZooError(
      'not-found',
      `${name}: the run has ${part === 'ema' ? 'no average of its weights' : 'not done an epoch yet'}. Name the run alone.`,
    );
  const { loss, top1, top5, examples } = tested ?? {};
  return {
    ...(top1 !== undefined && { top1 }),
    ...(top5 !== undefined && { top5 }),
    ...(loss !== undefined && { loss }),
    ...(best && { best: { epoch: best.epoch, top1: best.validation.top1 } }),
    ...(average && { averaged: { top1: average.top1, loss: average.loss } }),
    ...(examples !== undefined && { examples }),
    epochs: epochsDone({ epochs, steps }),
    ...trainingTime(steps),
    parameters: inferShapes(spec).parameters,
  };
}

export const comparedRun = (name: string, record: RunRecord, part: RunPart = 'last'): ComparedRun => ({
  name,
  record,
  settings: settingsOf(record),
  results: resultsOf(name, record, part),
});

/** A setting with its value in each run; undefined for a run without it. */
export interface ComparedSetting {
  key: string;
  title: string;
  values: readonly (string | undefined)[];
}

/** When, where a preset's recipe comes from, and what the results have. */
const noSettings: readonly string[] = [
  'recipe',
  'startedAt',
  'finishedAt',
  'seconds',
  'parameters',
  'multAdds',
  'testPictures',
];

/** Settings of some runs, those in which they differ apart from those that are the same in all. */
export function compareSettings(runs: readonly ComparedRun[]): {
  different: ComparedSetting[];
  alike: ComparedSetting[];
} {
  const keys = new Set(runs.flatMap(({ settings }) => settings).map(({ key }) => key));
  const all = [...keys]
    .filter((key) => !noSettings.includes(key))
    .map((wanted) => runs.map(({ settings }) => settings.find(({ key }) => key === wanted)));
  const differs = (own: readonly (Setting | undefined)[]) =>
    new Set(own.map((one) => JSON.stringify(one?.value))).size > 1;
  const compared =
    (text: (setting: Setting) => string) =>
    (own: readonly (Setting | undefined)[]): ComparedSetting => {
      const { key = '', title = '' } = own.find((one) => one !== undefined) ?? {};
      return { key, title, values: own.map((one) => one && text(one)) };
    };
  return {
    different: all
      .filter(differs)
      .map((own) =>
        compared(new Set(own.map((one) => one?.short)).size > 1 ? ({ short }) => short : ({ text }) => text)(own),
      ),
    alike: all.filter((own) => !differs(own)).map(compared(({ text }) => text)),
  };
}

/** Whether accuracies were measured on the same pictures, as far as that is known. */
export const sameTest = (runs: readonly ComparedRun[]): boolean =>
  new Set(
    runs.map(({ record: { data, evaluation } }) => [data.given, data.test, evaluation?.examples ?? data.test].join()),
  ).size === 1;

/** The run with the highest accuracy, if all were tested on the same pictures. */
export function bestRun(runs: readonly ComparedRun[]): ComparedRun | undefined {
  if (!sameTest(runs)) return undefined;
  const most = Math.max(...runs.map(({ results }) => results.top1 ?? 0));
  const best = runs.filter(({ results }) => results.top1 === most);
  return best.length === 1 ? best[0] : undefined;
}
