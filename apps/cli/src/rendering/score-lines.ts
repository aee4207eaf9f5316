import type { Judgement } from './guess-chart.ts';
import { counted, percent, thousands } from './quantities.ts';
import { wrapped } from './wrapped.ts';

const mostConfusions = 3;
const indent = ' '.repeat(2);

/** Whether it is known what a picture shows, and the network takes it for something else. */
export const isWrong = ({ actual, guesses }: Judgement): boolean =>
  actual !== undefined && guesses[0]?.label !== actual;

/** Which class is taken for which, those that happen twice or more, the most frequent first. */
function confusions(wrong: readonly Judgement[]): string[] {
  const counts = new Map<string, number>();
  for (const { actual, guesses } of wrong) {
    const pair = `${actual} taken for ${guesses[0]?.label}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostConfusions)
    .map(([pair, count]) => `${pair} (${thousands(count)})`);
}

/** How many pictures whose class is known were named correctly, and what was confused most often. Nothing for fewer than two. */
export function scoreLines(judgements: readonly Judgement[], columns: number): string[] {
  const known = judgements.filter(({ actual }) => actual !== undefined);
  if (known.length < 2) return [];
  const wrong = known.filter(isWrong);
  const right = known.length - wrong.length;
  const most = confusions(wrong);
  return [
    `${thousands(right)} of ${counted(known.length, 'picture')} right (${percent(right / known.length)}).`,
    ...(most.length > 0 ? wrapped(`Most often: ${most.join(', ')}.`, columns - indent.length) : []),
  ];
}
