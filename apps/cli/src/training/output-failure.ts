// The reader may close the pipe before the work is done: `zoo train --json | head -1`. Commands that only print end then; work that writes files continues.
// If the output cannot be written for another reason, such as a full disk, it first saves its state.
const running = new Set<(error: Error) => void>();

/**
 * Starts work whose result is needed even if the output has no reader.
 *
 * @param outputFails Hears once why nothing can be printed any more.
 * @returns What ends it.
 */
export function startWork(outputFails: (error: Error) => void): () => void {
  running.add(outputFails);
  return () => void running.delete(outputFails);
}

export const isRunning = (): boolean => running.size > 0;

/** Tells running work that nothing can be printed. */
export function stopWork(error: Error): void {
  for (const outputFails of running) outputFails(error);
}
