/** Under which the newest piece of work lies, whichever copy of this package has begun it. */
const key = Symbol.for('@zoo/backends newest');

const latest = (): unknown => Reflect.get(globalThis, key);

interface Running<T> {
  key: string;
  result: Promise<T>;
  /** What the next piece of work waits for. */
  end: unknown;
}

/**
 * A program has one tfjs, and for the start of a backend its surroundings are changed for a while: so whatever starts
 * backends waits until all that was begun before has ended, well or not.
 */
export function runExclusive<T>(work: () => Promise<T>): Promise<T> {
  const result = Promise.resolve(latest()).then(work);
  const ended = (): void => {};
  Reflect.set(globalThis, key, result.then(ended, ended));
  return result;
}

/** Work in turn that, asked for again before it has ended and before anything else was begun, is done once. */
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
