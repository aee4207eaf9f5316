/**
 * Does work for each number from 0 to `count` - 1, each once and several at a time, beginning in their order. Once one has failed no
 * other is begun.
 *
 * @param concurrency How many are under way at once.
 */
export async function forEachConcurrently(
  count: number,
  concurrency: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, worker));
  } finally {
    next = count;
  }
}
