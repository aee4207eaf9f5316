/** Under which the newest piece of work lies, whichever copy of this package has begun it. */
const place = Symbol.for('@zoo/backends newest');

const newest = (): unknown => Reflect.get(globalThis, place);

interface Begun<T> {
  key: string;
  result: Promise<T>;
  /** What the next piece of work waits for. */
  end: unknown;
}

/**
 * A program has one tfjs, and for the start of a backend its surroundings are changed for a while: so whatever starts
 * backends waits until all that was begun before has ended, well or not.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const result = Promise.resolve(newest()).then(work);
  const ended = (): void => {};
  Reflect.set(globalThis, place, result.then(ended, ended));
  return result;
}

/** Work in turn that, asked for again before it has ended and before anything else was begun, is done once. */
export function sharedInTurn<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  let last: Begun<T> | undefined;
  return (key, work) => {
    if (last?.key === key && last.end === newest()) return last.result;
    const result = inTurn(work);
    const begun: Begun<T> = { key, result, end: newest() };
    last = begun;
    const forget = (): void => {
      if (last === begun) last = undefined;
    };
    result.then(forget, forget);
    return result;
  };
}
