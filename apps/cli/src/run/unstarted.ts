import { existsSync } from 'node:fs';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { commandName } from '../command-name.ts';
import { runFolder } from './run-folder.ts';
import { killedOwner } from './run-lock.ts';
import { commandLine } from './typed-command.ts';

/** Words of a command line without an option and its value. */
const without = (words: readonly string[], option: string): string[] =>
  words.filter((word, index) => word !== option && !word.startsWith(`${option}=`) && words[index - 1] !== option);

/**
 * The arguments that start a run again that was killed before it had a record, when the user resumes it. Undefined if
 * there is a record, or its command is unknown.
 *
 * @param words What was typed to go on: `train --resume RUN`, and perhaps options.
 * @throws ZooError `not-found` where it was typed in another folder, whose names mean nothing here.
 */
export async function argumentsOfUnstarted(folder: string, words: readonly string[]): Promise<string[] | undefined> {
  if (existsSync(runFolder(folder).record)) return undefined;
  const owner = await killedOwner(folder);
  if (!owner) return undefined;
  const { command, cwd } = owner;
  const [, ...options] = without(words, '--resume');
  const again = [...without(without(command, '--resume'), '--out'), ...options, '--out', folder];
  if (path.resolve(cwd) === process.cwd()) return again;
  throw new ZooError(
    'not-found',
    `${folder}: was stopped before it had started. Start it in ${cwd}: ${commandName()} ${commandLine(command)}`,
  );
}
