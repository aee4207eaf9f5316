import { type Confusion, mostConfused } from './most-confused.ts';
import type { ClassifiedPicture } from './prediction-chart.ts';
import { counted, percent, thousands } from './quantities.ts';
import { wrapped } from './wrapped.ts';

/** Whether it is known what a picture shows, and the network takes it for something else. */
export const isWrong = ({ actual, predictions }: ClassifiedPicture): boolean =>
  actual !== undefined && predictions[0]?.label !== actual;

function confusions(wrong: readonly ClassifiedPicture[]): Confusion[] {
  const found = new Map<string, Confusion>();
  for (const { actual = '', predictions } of wrong) {
    const predicted = predictions[0]?.label ?? '';
    const pair = JSON.stringify([actual, predicted]);
    found.set(pair, { actual, predicted, count: (found.get(pair)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}

/** How many pictures whose class is known were named correctly, and what was confused most often. Nothing for fewer than two. */
export function scoreLines(classified: readonly ClassifiedPicture[], columns: number): string[] {
  const known = classified.filter(({ actual }) => actual !== undefined);
  if (known.length < 2) return [];
  const wrong = known.filter(isWrong);
  const right = known.length - wrong.length;
  const most = mostConfused(confusions(wrong));
  return [
    `${thousands(right)} of ${counted(known.length, 'picture')} right (${percent(right / known.length)}).`,
    ...(most === undefined ? [] : wrapped(`Most often: ${most}.`, columns)),
  ];
}
