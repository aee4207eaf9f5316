import { duration, percent, thousands } from '../rendering/quantities.ts';
import type { ComparedRun, Results } from './comparison.ts';

const states = { running: 'not ended', interrupted: 'interrupted', finished: 'finished' } as const;

const speed = (perSecond: number): string => (perSecond < 10 ? perSecond.toFixed(1) : thousands(perSecond));

const measures: readonly (readonly [title: string, text: (results: Results) => string | undefined])[] = [
  ['top-1', ({ top1 }) => (top1 === undefined ? undefined : percent(top1))],
  ['top-5', ({ top5 }) => (top5 === undefined ? undefined : percent(top5))],
  ['test loss', ({ loss }) => loss?.toFixed(4)],
  ['test pictures', ({ examples }) => (examples === undefined ? undefined : thousands(examples))],
  ['epochs done', ({ epochs }) => String(epochs)],
  ['training time', ({ seconds }) => duration(seconds)],
  ['images/s', ({ imagesPerSecond }) => speed(imagesPerSecond)],
  ['parameters', ({ parameters }) => thousands(parameters)],
];

/** What came of each run, a row a measure. Guessing within five says nothing where all have at most five classes. */
export function resultRows(runs: readonly ComparedRun[]): [title: string, ...(string | undefined)[]][] {
  const few = runs.every(({ record }) => record.data.classes.length <= 5);
  return [
    ...measures
      .filter(([title]) => !(few && title === 'top-5'))
      .map(([title, text]): [string, ...(string | undefined)[]] => [
        title,
        ...runs.map(({ results }) => text(results)),
      ]),
    ['state', ...runs.map(({ record }) => states[record.state])],
  ];
}
