export const defaultThreads = (): number => Math.min(4, navigator.hardwareConcurrency);

const patience = 20_000;

/** Calls `start` while tfjs, which uses at most half of the cores that it sees, sees twice as many as there are to be threads. */
export async function startThreaded(threads: number, start: () => Promise<void>): Promise<void> {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * threads, configurable: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    // A worker that fails says so to the page alone: tfjs would wait for it.
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer within 20 seconds')), patience);
    });
    await Promise.race([start(), silence]);
  } finally {
    clearTimeout(timer);
    // The browser's own appears again.
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  }
}
