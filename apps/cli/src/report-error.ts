import { isZooError, printable, systemCode, type ZooError } from '@zoo/core';
import { CommanderError } from 'commander';
import pc from 'picocolors';
import { typedHere } from './command-name.ts';
import { wrapped } from './rendering/wrapped.ts';
import { hasColours } from './terminal.ts';
import { interruptedExitCode } from './training/end-signals.ts';

/** Exit codes. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

const usageErrorCodes: readonly string[] = ['usage', 'unknown-name', 'spec'];

/** The reader has closed the pipe. */
export const isBrokenPipe = (error: unknown): boolean => systemCode(error) === 'EPIPE';

/** Standard output cannot be written, such as on a full disk. The zoo's own files have errors of their own. */
const isFailedOutput = (error: unknown): error is Error =>
  ['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG'].includes(systemCode(error));

/** JavaScript's error for an array that cannot be allocated. */
const isOutOfMemory = (error: unknown): error is RangeError =>
  error instanceof RangeError && /^(Invalid typed array length|Array buffer allocation failed)/.test(error.message);

function exitCodeOf({ code }: ZooError): number {
  if (code === 'interrupted') return interruptedExitCode();
  return usageErrorCodes.includes(code) ? exitCodes.usage : exitCodes.failed;
}

/** The exit code for an error, and what to say about it: a line for what a user can fix, the stack for bugs. */
export function describeError(error: unknown, env: NodeJS.ProcessEnv = process.env): { code: number; text: string } {
  // The reader has closed the pipe: `zoo presets | head -1`.
  if (isBrokenPipe(error)) return { code: exitCodes.done, text: '' };
  // Commander has said what is wrong itself.
  if (error instanceof CommanderError)
    return { code: error.exitCode === 0 ? exitCodes.done : exitCodes.usage, text: '' };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (isZooError(error)) {
    const code = exitCodeOf(error);
    const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack}` : '';
    return { code, text: env.ZOO_DEBUG ? `${stack}${cause}` : error.message };
  }
  if (isFailedOutput(error))
    return {
      code: exitCodes.failed,
      text: `the output cannot be written, ${error.message}. Make room on the disk, or send the output elsewhere.`,
    };
  if (isOutOfMemory(error))
    return {
      code: exitCodes.failed,
      text: `out of memory, ${error.message}. Use a smaller --batch-size or a smaller --width.`,
    };
  return {
    code: exitCodes.failed,
    text: `this is a bug in the zoo, please report it with these lines and the command you typed.\n${stack}`,
  };
}

const prefix = 'zoo: ';

/** A message for a terminal, wrapped between words. Elsewhere its lines are not wrapped. */
function inLines(message: string): string {
  const text = prefix + message;
  if (!process.stderr.isTTY) return text;
  const width = process.stderr.columns ?? 80;
  return text
    .split('\n')
    .flatMap((line) => wrapped(line, width))
    .join('\n');
}

/** Says what went wrong on standard error. */
export function reportError(error: unknown): number {
  const { code, text } = describeError(error);
  const { red, bold } = pc.createColors(hasColours(process.stderr));
  if (text) process.stderr.write(`${bold(red('zoo:'))} ${inLines(printable(typedHere(text))).slice(prefix.length)}\n`);
  return code;
}
