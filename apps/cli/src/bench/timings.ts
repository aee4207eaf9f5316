/** How long a piece of work took, again and again. */
export interface Timings {
  /** Milliseconds, the middle one of all. */
  median: number;
  /** Milliseconds of the fastest. */
  fastest: number;
  repeats: number;
}

/** Fewer would leave the middle to chance. */
const minRepeats = 3;
const maxRepeats = 1000;

/**
 * Repeats work for about this many seconds, at least three times, after one pass that does not count:
 * the first compiles programs and takes memory.
 */
export async function timingsOf(work: () => Promise<void>, seconds: number): Promise<Timings> {
  await work();
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  while (times.length < minRepeats || (performance.now() < end && times.length < maxRepeats)) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const half = times.length >> 1;
  const upper = times[half] ?? 0;
  const lower = times.length % 2 ? upper : (times[half - 1] ?? 0);
  return { median: (lower + upper) / 2, fastest: times[0] ?? 0, repeats: times.length };
}
