import { ConnectionBroken } from './network-error.ts';

/** The longest delay that a timer supports. */
const maxTimerDelay = 2 ** 31 - 1;

/**
 * A signal that fires with `outer`, and when too little was heard for a while: `first` milliseconds at the beginning, then `next` for
 * each `least` bytes. Its reason says what did not happen.
 */
export function watchdog(
  outer: AbortSignal | undefined,
  first: number,
  next: number,
  what: (received: number) => string,
  least = 0,
) {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let receivedSince = 0;
  const within = (limit: number) => {
    clearTimeout(timer);
    if (limit <= maxTimerDelay)
      timer = setTimeout(
        () => controller.abort(new ConnectionBroken(`${what(receivedSince)} for ${limit / 1000} s`)),
        limit,
      );
  };
  within(first);
  return {
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    /** Reports that the response has started, or that bytes have arrived. */
    received(bytes = least) {
      receivedSince += bytes;
      if (receivedSince < least) return;
      receivedSince = 0;
      within(next);
    },
    stop: () => clearTimeout(timer),
  };
}
