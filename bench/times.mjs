// Times of contenders, measured alternately so that all run under the same load.

/** The median of some numbers, with the least and the most. */
export function spread(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const median = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  return { median, least: sorted[0], most: sorted.at(-1) };
}

/** Milliseconds below which a work is repeated more often: engines compile what runs often, and short times scatter. */
const short = 100;
const repeats = 8;

/** For each contender the median and the minimum of a number of rounds (more for short work), after two warm-up rounds. */
export async function timesOf(contenders, measure, rounds) {
  const times = new Map(contenders.map((contender) => [contender, []]));
  const turns = async (count, counts) => {
    for (let turn = 0; turn < count; turn++)
      for (const [contender, own] of times) {
        const time = await measure(contender);
        if (counts) own.push(time);
      }
  };
  await turns(1, true);
  const factor = Math.min(...[...times.values()].flat()) < short ? repeats : 1;
  for (const own of times.values()) own.length = 0;
  await turns(2 * factor - 1, false);
  await turns(rounds * factor, true);
  return new Map([...times].map(([contender, own]) => [contender, spread(own)]));
}

/** Three digits: more are not reproducible. */
export const shown = (value) => (value >= 100 ? String(Math.round(value)) : value.toPrecision(3));
