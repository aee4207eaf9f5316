import { Broken } from './network-error.ts';

/** The longest that a timer can run. */
const longest = 2 ** 31 - 1;

/**
 * A signal that fires with `outer`, and when nothing was heard for a while: `first` milliseconds at the beginning, `next` after
 * each `heard()`. Its reason says what did not happen.
 */
export function watchdog(outer: AbortSignal | undefined, first: number, next: number, what: () => string) {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const within = (limit: number) => {
    clearTimeout(timer);
    if (limit <= longest)
      timer = setTimeout(() => controller.abort(new Broken(`${what()} for ${limit / 1000} s`)), limit);
  };
  within(first);
  return {
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    heard: () => within(next),
    stop: () => clearTimeout(timer),
  };
}
