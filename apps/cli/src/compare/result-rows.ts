import { duration, percent, rate, thousands } from '../rendering/quantities.ts';
import { stateOf } from '../run/run-state.ts';
import type { ComparedRun, Results } from './comparison.ts';
import type { RunsRow } from './side-by-side.ts';

const measures: readonly (readonly [title: string, text: (results: Results) => string | undefined])[] = [
  ['top-1', ({ top1 }) => (top1 === undefined ? undefined : percent(top1))],
  ['top-5', ({ top5 }) => (top5 === undefined ? undefined : percent(top5))],
  ['best epoch', ({ best }) => best && `${percent(best.top1)}, epoch ${best.epoch}`],
  ['averaged top-1', ({ averaged }) => averaged && percent(averaged.top1)],
  ['test loss', ({ loss }) => loss?.toFixed(4)],
  ['test pictures', ({ examples }) => (examples === undefined ? undefined : thousands(examples))],
  ['epochs done', ({ epochs }) => String(epochs)],
  ['training time', ({ seconds }) => duration(seconds)],
  ['images/s', ({ imagesPerSecond }) => rate(imagesPerSecond)],
  ['parameters', ({ parameters }) => thousands(parameters)],
];

/**
 * The results of each run, one row per metric. Top-5 accuracy is left out if all have at most five classes, that of averages if none
 * keeps one.
 */
export function resultRows(runs: readonly ComparedRun[]): RunsRow[] {
  const few = runs.every(({ record }) => record.data.classes.length <= 5);
  return [
    ...measures
      .filter(([title]) => !(few && title === 'top-5'))
      .map(([title, text]): RunsRow => [title, ...runs.map(({ results }) => text(results))])
      .filter(([title, ...values]) => title !== 'averaged top-1' || values.some((value) => value !== undefined)),
    ['state', ...runs.map(({ record }) => stateOf(record))],
  ];
}
