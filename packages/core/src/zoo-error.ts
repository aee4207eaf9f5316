import { boundedLines, printable } from './printable.ts';

/**
 * What went wrong, in kinds a program can act on.
 *
 * - `usage`: A call or a command line that makes no sense: an unknown option, a value out of range.
 * - `unknown-name`: An unknown preset, data set, layer or backend.
 * - `spec`: A network description whose layers do not fit together.
 * - `data`: Examples that do not fit the network: size, channels, number of classes.
 * - `corrupt-file`: A file that is damaged, cut short, or not what it says it is.
 * - `too-costly`: A file that would take more memory or time than its size can account for: made to do harm, or larger than was allowed.
 * - `not-found`: A file or folder that is not there.
 * - `weights`: Weights that do not fit the network.
 * - `not-finite`: NaN or infinity where numbers are expected: training has diverged, or weights are broken.
 * - `network`: A source that cannot be reached, or broke off.
 * - `disk`: A folder that cannot be written, or a disk that is full.
 * - `backend`: A compute backend that is missing, or computes wrongly.
 * - `device-lost`: A graphics card that has gone away while it was computing: what it held is lost.
 * - `interrupted`: The user pressed Ctrl-C, or the signal was aborted.
 */
export type ZooErrorCode =
  | 'usage'
  | 'unknown-name'
  | 'spec'
  | 'data'
  | 'corrupt-file'
  | 'too-costly'
  | 'not-found'
  | 'weights'
  | 'not-finite'
  | 'network'
  | 'disk'
  | 'backend'
  | 'device-lost'
  | 'interrupted';

export interface ZooErrorOptions extends ErrorOptions {
  /** The last sentences of the message, where a caller may know better what to do: `what` is the message without them. */
  remedy?: string;
}

const safe = (text: string): string => boundedLines(printable(text));

/** The same symbol in every copy of this package, of whatever version and module format. */
const brand = Symbol.for('@zoo/core ZooError');

/**
 * The one error class of the zoo. Messages follow one form:
 * `Layer or file: what is wrong, actual against expected, what to do.`
 * Names in it may come from untrusted files: control characters are escaped, and long lines are shortened.
 *
 * `instanceof ZooError` also holds for errors of another copy of this package: a program may have one by `import` and one
 * by `require`, or two versions.
 */
export class ZooError extends Error {
  override readonly name = 'ZooError';
  /** The message without its `remedy`. */
  readonly what: string;
  constructor(
    readonly code: ZooErrorCode,
    what: string,
    { remedy, ...options }: ZooErrorOptions = {},
  ) {
    super(safe(remedy === undefined ? what : `${what} ${remedy}`), options);
    this.what = remedy === undefined ? this.message : safe(what);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore-start lint/complexity/noThisInStatic: a class that extends this one is told apart by its prototype, as usual.
    if (this !== ZooError) return Function.prototype[Symbol.hasInstance].call(this, value);
    // biome-ignore-end lint/complexity/noThisInStatic: -
    return value instanceof Error && Reflect.get(value, brand) === true;
  }
}
Object.defineProperty(ZooError.prototype, brand, { value: true });
// Builds rename classes, and Node shows the class in front of an error's message.
Object.defineProperty(ZooError, 'name', { value: 'ZooError' });

/** True for errors of the zoo, also when they come from another copy of this package. */
export const isZooError = (error: unknown): error is ZooError => error instanceof ZooError;
