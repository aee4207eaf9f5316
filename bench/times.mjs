// Times of contenders taken by turns, so that all meet the same machine.

const median = (sorted) => (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;

/** For each contender the median and the least of so many rounds, after two that do not count. */
export async function timesOf(contenders, measure, rounds) {
  const times = new Map(contenders.map((contender) => [contender, []]));
  for (let round = -2; round < rounds; round++)
    for (const [contender, own] of times) {
      const time = await measure(contender);
      if (round >= 0) own.push(time);
    }
  return new Map(
    [...times].map(([contender, own]) => {
      const sorted = own.toSorted((a, b) => a - b);
      return [contender, { median: median(sorted), least: sorted[0] }];
    }),
  );
}

/** Three digits: more would not be the same twice. */
export const shown = (value) => (value >= 100 ? String(Math.round(value)) : value.toPrecision(3));
