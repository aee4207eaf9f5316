import { existsSync } from 'node:fs';
import { firstLine, isZooError } from '@zoo/core';
import { afterDivergence } from '../training/advice.ts';
import { epochsText } from './epochs-done.ts';
import type { RunFolder } from './run-folder.ts';
import { processState } from './run-process.ts';
import { type RunRecord, readRunRecord, writeRunRecord } from './run-record.ts';

/** The state of a run: a record that says `running` may be that of a killed process. */
export type RunState = RunRecord['state'] | 'stopped';

export const stateOf = ({ state, process }: Pick<RunRecord, 'state' | 'process'>): RunState =>
  state === 'running' && (!process || processState(process) === 'gone') ? 'stopped' : state;

/**
 * How a run ended, for people who look at what it left before its end; nothing where it has finished.
 *
 * @param of What their weights are of: `last checkpoint`.
 */
export function unfinishedNotice(folder: string, record: RunRecord, of: string): string | undefined {
  const state = stateOf(record);
  if (state === 'finished') return undefined;
  const weights = `after ${epochsText(record)}; these are the weights of its ${of}.`;
  // The failure of such a run says to test what is tested here.
  if (record.diverged)
    return `${folder}: its training diverged ${weights} ${afterDivergence({ preset: record.preset, recipe: record.options.recipe })}`;
  const why = record.failure === undefined ? '' : ` (${record.failure})`;
  return `${folder}: ${state}${why} ${weights}`;
}

/**
 * Does the work of a run whose record is written, and records that it failed, with the reason. What the work throws is thrown on.
 * An interruption is no failure: who was interrupted has recorded it.
 */
export async function recordingFailure(run: RunFolder, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(isZooError(error) && error.code === 'interrupted') && existsSync(run.record))
      await recordFailure(run, error).catch(() => {});
    throw error;
  }
}

async function recordFailure(run: RunFolder, error: unknown): Promise<void> {
  const record = await readRunRecord(run.record);
  if (record.state !== 'running') return;
  const diverged = isZooError(error) && error.code === 'not-finite';
  const failure = firstLine(error);
  await writeRunRecord(run.record, { ...record, state: 'failed', failure, ...(diverged && { diverged }) });
}
