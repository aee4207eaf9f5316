import { Broken } from './network-error.ts';

/** The longest that a timer can run. */
const longest = 2 ** 31 - 1;

/**
 * A signal that fires with `outer`, and when too little was heard for a while: `first` milliseconds at the beginning, then `next` for
 * each `least` bytes. Its reason says what did not happen.
 */
export function watchdog(
  outer: AbortSignal | undefined,
  first: number,
  next: number,
  what: (heard: number) => string,
  least = 0,
) {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let heardSince = 0;
  const within = (limit: number) => {
    clearTimeout(timer);
    if (limit <= longest)
      timer = setTimeout(() => controller.abort(new Broken(`${what(heardSince)} for ${limit / 1000} s`)), limit);
  };
  within(first);
  return {
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    /** The answer has begun, or so many bytes have come. */
    heard(bytes = least) {
      heardSince += bytes;
      if (heardSince < least) return;
      heardSince = 0;
      within(next);
    },
    stop: () => clearTimeout(timer),
  };
}
