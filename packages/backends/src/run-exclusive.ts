/** The global under which the latest work is stored, whichever copy of this package has started it. */
const key = Symbol.for('@zoo/backends newest');

const latest = (): unknown => Reflect.get(globalThis, key);

interface Running<T> {
  key: string;
  result: Promise<T>;
  /** The promise that the next work waits for. */
  end: unknown;
}

/**
 * A program has one tfjs, and starting a backend changes global state for a while: so every function that starts
 * backends waits until all earlier ones have settled.
 */
export function runExclusive<T>(work: () => Promise<T>): Promise<T> {
  const result = Promise.resolve(latest()).then(work);
  const ended = (): void => {};
  Reflect.set(globalThis, key, result.then(ended, ended));
  return result;
}

/** Exclusive work that runs once when it is requested again before it has ended and before other work has started. */
export function sharedExclusive<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  let last: Running<T> | undefined;
  return (key, work) => {
    if (last?.key === key && last.end === latest()) return last.result;
    const result = runExclusive(work);
    const running: Running<T> = { key, result, end: latest() };
    last = running;
    const forget = (): void => {
      if (last === running) last = undefined;
    };
    result.then(forget, forget);
    return result;
  };
}
