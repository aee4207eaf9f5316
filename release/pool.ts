/** Runs jobs, so many at a time, in their order. */
export async function inParallel(jobs: readonly (() => Promise<void>)[], width: number): Promise<void> {
  const waiting = [...jobs];
  const worker = async (): Promise<void> => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await job();
  };
  await Promise.all(Array.from({ length: width }, worker));
}
