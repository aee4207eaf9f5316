// Whoever reads may go before the work is done: `zoo train --json | head -1`. What only prints ends then; what leaves a result goes on.
// Where its output cannot be written for another reason, such as a full disk, it saves what it has first.
const running = new Set<(error: Error) => void>();

/**
 * Work begins whose result is wanted though nobody reads any more.
 *
 * @param outputFails Hears once why nothing can be printed any more.
 * @returns What ends it.
 */
export function startWork(outputFails: (error: Error) => void): () => void {
  running.add(outputFails);
  return () => void running.delete(outputFails);
}

export const isRunning = (): boolean => running.size > 0;

/** Tells those at work that nothing can be printed. */
export function stopWork(error: Error): void {
  for (const outputFails of running) outputFails(error);
}
