/** Times of repeated work. */
export interface Timings {
  /** The median, in milliseconds. */
  median: number;
  /** The minimum, in milliseconds. */
  fastest: number;
  repeats: number;
}

/** With fewer, the median would be unreliable. */
const minRepeats = 3;
const maxRepeats = 1000;

/**
 * Repeats work for about this many seconds, at least three times, after one warm-up pass:
 * the first one compiles shaders and allocates memory.
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
