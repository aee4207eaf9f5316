import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { systemCode, ZooError } from '@zoo/core';
import { diskError, makeFolder } from '@zoo/core/files';
import { requireWritable } from '../output/require-writable.ts';

/** Where a training leaves what. */
export interface RunFolder {
  /** As the user wrote it. */
  readonly folder: string;
  readonly weights: string;
  readonly checkpoint: string;
  readonly record: string;
  /** The pictures of a folder that it was trained and tested on. */
  readonly pictures: string;
  readonly curves: string;
  readonly confusion: string;
  readonly examples: string;
  readonly report: string;
}

/** A folder for a new run. */
export interface ClaimedFolder extends RunFolder {
  /** The folders that had to be made for it, outermost first. */
  readonly made: readonly string[];
}

export const runFolder = (folder: string): RunFolder => ({
  folder,
  weights: path.join(folder, 'weights.safetensors'),
  checkpoint: path.join(folder, 'checkpoint.safetensors'),
  record: path.join(folder, 'run.json'),
  pictures: path.join(folder, 'pictures.jsonl'),
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

/**
 * Makes a folder for a new run.
 *
 * @param overwrite Whether another run that is there may be replaced.
 * @throws ZooError `usage` when something is there already, `disk` when it cannot be written.
 */
export async function claimRunFolder(folder: string, overwrite: boolean): Promise<ClaimedFolder> {
  const content = await contentOf(folder);
  const isRun = content.includes('run.json');
  if (content.length > 0 && !isRun)
    throw new ZooError(
      'usage',
      `${folder}: holds other files already (${content.slice(0, 3).join(', ')}). Choose an empty or a new folder for --out.`,
    );
  if (isRun && !overwrite)
    throw new ZooError(
      'usage',
      `${folder}: holds a run already. Go on with it by --resume ${folder}, replace it by --overwrite, or choose another --out.`,
    );
  const made = await makeFolder(folder).catch((error: unknown) => {
    throw diskError(folder, error);
  });
  await requireWritable(folder);
  return { ...runFolder(folder), made };
}

/** Takes away what an earlier run left, and nothing else. */
export async function emptyRunFolder({ folder }: RunFolder): Promise<void> {
  const { folder: _, ...parts } = runFolder(folder);
  for (const part of Object.values(parts)) await rm(part, { recursive: true, force: true });
}

/** Leaves none of the folders behind that were made for a run, where nothing came of it. */
export async function leaveNoEmptyFolder({ made }: ClaimedFolder): Promise<void> {
  for (const folder of made.toReversed()) await rmdir(folder).catch(() => {});
}
