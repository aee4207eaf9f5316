let last = 0;

/**
 * Yields to the event loop, so that timers, signals and drawing get their turn; at most twenty times a second.
 * Backends that compute at once only ever wait for promises that are kept already, and would lock everything else out.
 */
export async function yieldToEventLoop(): Promise<void> {
  const now = performance.now();
  if (now - last < 50) return;
  last = now;
  await new Promise((resolve) => setTimeout(resolve));
}
