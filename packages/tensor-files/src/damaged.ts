import { ZooError } from '@zoo/core';

/** A file that does not hold what it says. `what` is wrong: actual against expected. */
export const damaged = (name: string, what: string, cause?: unknown): ZooError =>
  new ZooError('corrupt-file', `${name}: ${what}. Fetch or write the file anew.`, { cause });

/** A file that may be whole, but holds what is not read here. `advice` is a sentence without its full stop. */
export const unsupported = (name: string, what: string, advice: string): ZooError =>
  new ZooError('corrupt-file', `${name}: ${what}. ${advice}.`);
