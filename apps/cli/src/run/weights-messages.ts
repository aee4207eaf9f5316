import { isZooError, ZooError } from '@zoo/core';
import { commandName } from '../command-name.ts';

/** What the library calls an option, and how a command line says it. */
const words: readonly (readonly [library: RegExp, cli: string])[] = [
  [/build it with classes: (\d+)/, 'pass --classes $1'],
  [/bgrToRgb needs/, '--bgr-to-rgb needs'],
  [/\bkey: '([^']*)'/g, '--key $1'],
  [/, or leave key out/, ', or leave --key out'],
];

/** The options of a command that takes weights in part. */
export interface PartOptions {
  /** Whether it has `--new-head`. Default: false. */
  newHead?: boolean;
  /** Whether it has `--partial`. Default: false. */
  partial?: boolean;
  /** Whether it has `--ignore-computation`. Default: true. */
  ignoreComputation?: boolean;
}

/** The message of `@zoo/weights` in the words of the command line; what the command cannot do is left out. */
export function weightsMessage(
  message: string,
  { newHead = false, partial = false, ignoreComputation = true }: PartOptions = {},
): string {
  const said = words.reduce((text, [library, cli]) => text.replace(library, cli), message);
  const ignoring = ignoreComputation
    ? 'pass --ignore-computation'
    : `run ${commandName()} convert with --ignore-computation first`;
  return said
    .replace("load with computation: 'ignore'", ignoring)
    .replace(/, or load with head: 'new' (to keep only what comes before)/, newHead ? ', or --new-head $1' : '')
    .replace(
      /, or load with strict: false to leave (.*) as the model was built/,
      partial ? ', or --partial to begin $1 anew' : '',
    );
}

/** An error of `@zoo/weights` that names options as the command line calls them. */
function errorWithCliOptionNames(error: unknown, options: PartOptions): unknown {
  if (!isZooError(error)) return error;
  const message = weightsMessage(error.message, options);
  return message === error.message ? error : new ZooError(error.code, message, { cause: error });
}

/** Work of `@zoo/weights`, whose errors name options as the command line calls them. */
export async function withCliOptionNames<T>(work: Promise<T>, options: PartOptions = {}): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw errorWithCliOptionNames(error, options);
  }
}

/** The same for work that is done at once. */
export function withCliOptionNamesSync<T>(work: () => T, options: PartOptions = {}): T {
  try {
    return work();
  } catch (error) {
    throw errorWithCliOptionNames(error, options);
  }
}
