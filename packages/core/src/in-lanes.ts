/**
 * Does work for each number from 0 to `count` - 1, each once and several at a time, beginning in their order. Once one has failed no
 * other is begun.
 *
 * @param lanes How many are under way at once.
 */
export async function inLanes(count: number, lanes: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    next = count;
  }
}
