import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { systemCode, ZooError } from '@zoo/core';
import { diskError, isTemporaryName, makeFolder } from '@zoo/core/files';
import { isLockName, lockRun, type RunLock, requireFree } from './run-lock.ts';
import { readRunRecord } from './run-record.ts';
import { shellWord } from './typed-command.ts';

/** The files of a run. */
export interface RunFolder {
  /** As the user wrote it. */
  readonly folder: string;
  readonly weights: string;
  /** The average of the weights, where the run keeps one. */
  readonly averages: string;
  readonly checkpoint: string;
  /** The checkpoint of the best epoch, where the run keeps it. */
  readonly best: string;
  readonly record: string;
  /** The pictures of a folder that it was trained and tested on. */
  readonly pictures: string;
  /** A row an epoch. */
  readonly history: string;
  /** TensorBoard's event file, where the run writes one. TensorBoard asks for `tfevents` in the name. */
  readonly events: string;
  /** The filters of the first layer as training begins, and as it ends. */
  readonly firstFilters: string;
  readonly filters: string;
  readonly curves: string;
  readonly confusion: string;
  readonly examples: string;
  readonly report: string;
}

/** A folder for a new run, which is this process's until it leaves it. */
export interface ClaimedFolder extends RunFolder {
  /** The folders that had to be made for it, outermost first. */
  readonly made: readonly string[];
  readonly lock: RunLock;
}

export const runFolder = (folder: string): RunFolder => ({
  folder,
  weights: path.join(folder, 'weights.safetensors'),
  averages: path.join(folder, 'weights.ema.safetensors'),
  checkpoint: path.join(folder, 'checkpoint.safetensors'),
  best: path.join(folder, 'checkpoint.best.safetensors'),
  record: path.join(folder, 'run.json'),
  pictures: path.join(folder, 'pictures.jsonl'),
  history: path.join(folder, 'history.csv'),
  events: path.join(folder, 'events.out.tfevents.zoo'),
  firstFilters: path.join(folder, 'filters-first.png'),
  filters: path.join(folder, 'filters.png'),
  curves: path.join(folder, 'curves.svg'),
  confusion: path.join(folder, 'confusion.svg'),
  examples: path.join(folder, 'examples'),
  report: path.join(folder, 'report.html'),
});

/** Whether a folder holds what `zoo train` leaves. */
export const isRunFolder = (folder: string): boolean => existsSync(runFolder(folder).record);

async function contentOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR')
      throw new ZooError('disk', `${folder}: is a file, or lies in one, expected a folder. Choose another --out.`);
    throw diskError(folder, error);
  }
}

/** Names of the files that a run writes. */
const partNames = Object.values(runFolder('')).filter((name) => name !== '');

/** Whether the training of a run diverged; not for one whose record cannot be read. */
const hasDiverged = (record: string): Promise<boolean> =>
  readRunRecord(record).then(
    ({ diverged }) => diverged === true,
    () => false,
  );

/** @throws ZooError `usage` where a folder holds what a new run may not replace. */
async function requireReplaceable(folder: string, overwrite: boolean): Promise<void> {
  const { pictures } = runFolder('');
  const { record } = runFolder(folder);
  // A training that was killed before it wrote its record leaves at most these files: no run, and no files of the user.
  const content = (await contentOf(folder)).filter(
    (name) => !isLockName(name) && !isTemporaryName(name) && name !== pictures,
  );
  if (content.length === 0) return;
  const isRun = content.includes('run.json');
  const foreign = content.filter((name) => !partNames.includes(name));
  if (!isRun && foreign.length > 0)
    throw new ZooError(
      'usage',
      `${folder}: holds other files already (${foreign.slice(0, 3).join(', ')}). Choose an empty or a new folder for --out.`,
    );
  if (!isRun && !overwrite)
    throw new ZooError(
      'usage',
      `${folder}: holds what is left of a run (${content.slice(0, 3).join(', ')}), without its run.json. Replace it by --overwrite, or choose another --out.`,
    );
  if (overwrite) return;
  throw new ZooError(
    'usage',
    (await hasDiverged(record))
      ? `${folder}: holds a run already, whose training diverged. Replace it by --overwrite, or choose another --out.`
      : `${folder}: holds a run already. Go on with it by --resume ${shellWord(folder)}, replace it by --overwrite, or choose another --out.`,
  );
}

/**
 * Makes a folder for a new run, and takes it for this process.
 *
 * @param overwrite Whether another run that is there may be replaced.
 * @param command What was typed for the run.
 * @throws ZooError `usage` when something is there already, or another process trains in it; `disk` when it cannot be written.
 */
export async function claimRunFolder(
  folder: string,
  overwrite: boolean,
  command: readonly string[],
): Promise<ClaimedFolder> {
  await requireFree(folder);
  await requireReplaceable(folder, overwrite);
  const made = await makeFolder(folder).catch((error: unknown) => {
    throw diskError(folder, error, 'choose another --out');
  });
  const lock = await lockRun(folder, command, 'choose another --out');
  try {
    // It may have become one in the meantime.
    await requireReplaceable(folder, overwrite);
    return { ...runFolder(folder), made, lock };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Removes the files of an earlier run, and nothing else. Its record is removed first: without it there is no run, whatever else is still
 * there when this is cut short.
 */
export async function emptyRunFolder({ folder }: RunFolder): Promise<void> {
  const { folder: _, record, ...parts } = runFolder(folder);
  for (const part of [record, ...Object.values(parts)]) await rm(part, { recursive: true, force: true });
}

/** Releases a folder, and removes the folders that were created for a run that did not start. */
export async function leaveRunFolder({ made, lock }: ClaimedFolder): Promise<void> {
  await lock.release();
  for (const folder of made.toReversed()) await rmdir(folder).catch(() => {});
}
