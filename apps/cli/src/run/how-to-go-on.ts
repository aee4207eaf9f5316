import { existsSync } from 'node:fs';
import { commandName } from '../command-name.ts';
import { afterDivergence } from '../training/advice.ts';
import { epochsDone } from './epochs-done.ts';
import { runFolder } from './run-folder.ts';
import type { RunRecord } from './run-record.ts';
import { stateOf } from './run-state.ts';
import { commandLine } from './typed-command.ts';

/** What a run whose training diverged has kept, and how to train another one: this one would diverge again at the same step. */
function afterDivergedRun(folder: string, record: RunRecord): string {
  const { preset, options } = record;
  const again = afterDivergence({ preset, recipe: options.recipe });
  if (!existsSync(runFolder(folder).checkpoint)) return `It keeps no checkpoint. ${again}`;
  const kept = `Its last checkpoint, of epoch ${epochsDone(record)} of ${options.recipe.epochs}, is kept`;
  return `${kept}: ${commandName()} ${commandLine(['eval', folder])} tests it. ${again}`;
}

/** What to do about a run that has not written what was asked for, since it has not come that far. */
export function howToGoOn(folder: string, record: RunRecord): string {
  if (record.diverged) return `Its training diverged, and would again. ${afterDivergedRun(folder, record)}`;
  if (stateOf(record) === 'running') return 'It is being trained: wait until it has come that far.';
  return `Train it first: ${commandName()} ${commandLine(['train', '--resume', folder])}.`;
}
