import { inferShapes } from '@zoo/spec';
import { type Setting, settingsOf } from '../report/settings.ts';
import type { RunRecord } from '../run/run-record.ts';
import { trainingTime } from '../training/stretches.ts';

/** What came of a run. A run without a test has no measures. */
export interface Results {
  top1?: number;
  top5?: number;
  loss?: number;
  /** Test pictures. */
  examples?: number;
  /** Epochs from the start, with the part of one that was broken off. */
  epochs: number;
  /** Time spent on training. */
  seconds: number;
  imagesPerSecond: number;
  parameters: number;
}

/** A run among others. */
export interface ComparedRun {
  /** The folder, as the user wrote it. */
  name: string;
  record: RunRecord;
  settings: readonly Setting[];
  results: Results;
}

/** The final test, else that of the last epoch. */
function resultsOf({ epochs, steps, evaluation, spec }: RunRecord): Results {
  const tested = evaluation ?? epochs.at(-1)?.validation;
  const { loss, top1, top5, examples } = tested ?? {};
  return {
    ...(top1 !== undefined && { top1 }),
    ...(top5 !== undefined && { top5 }),
    ...(loss !== undefined && { loss }),
    ...(examples !== undefined && { examples }),
    epochs: Number(Math.max(epochs.length, steps.at(-1)?.epoch ?? 0).toFixed(2)),
    ...trainingTime(steps),
    parameters: inferShapes(spec).parameters,
  };
}

export const comparedRun = (name: string, record: RunRecord): ComparedRun => ({
  name,
  record,
  settings: settingsOf(record),
  results: resultsOf(record),
});

/** A setting, and what it is in each run; nothing where a run has no such setting. */
export interface ComparedSetting {
  key: string;
  title: string;
  values: readonly (string | undefined)[];
}

/** When, where a preset's recipe comes from, and what follows from others: the results have it. */
const noSettings: readonly string[] = ['recipe', 'startedAt', 'finishedAt', 'seconds', 'parameters', 'multAdds'];

const shortText = ({ key, value }: Setting): string =>
  typeof value === 'object'
    ? value.join(key === 'input' ? ' × ' : ', ') || 'none'
    : value === true
      ? 'yes'
      : String(value);

/** Settings of some runs, those in which they differ apart from those that are the same in all. */
export function compareSettings(runs: readonly ComparedRun[]): {
  different: ComparedSetting[];
  alike: ComparedSetting[];
} {
  const titles = new Map(runs.flatMap(({ settings }) => settings).map(({ key, title }) => [key, title]));
  const valuesOf = (wanted: string, text: (setting: Setting) => string) =>
    runs.map(({ settings }) => settings.find(({ key }) => key === wanted)).map((setting) => setting && text(setting));
  const all = [...titles]
    .filter(([key]) => !noSettings.includes(key))
    .map(([key, title]): ComparedSetting => ({ key, title, values: valuesOf(key, shortText) }));
  const differs = ({ values }: ComparedSetting) => new Set(values).size > 1;
  return {
    different: all.filter(differs),
    alike: all.filter((one) => !differs(one)).map((one) => ({ ...one, values: valuesOf(one.key, ({ text }) => text) })),
  };
}

/** Whether accuracies were measured on the same pictures, as far as that is known. */
export const sameTest = (runs: readonly ComparedRun[]): boolean =>
  new Set(
    runs.map(({ record: { data, evaluation } }) => [data.given, data.test, evaluation?.examples ?? data.test].join()),
  ).size === 1;

/** The run that names most pictures correctly, where there is one and all were asked the same. */
export function bestRun(runs: readonly ComparedRun[]): ComparedRun | undefined {
  if (!sameTest(runs)) return undefined;
  const most = Math.max(...runs.map(({ results }) => results.top1 ?? 0));
  const best = runs.filter(({ results }) => results.top1 === most);
  return best.length === 1 ? best[0] : undefined;
}
