import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { diskError } from '@zoo/core/files';

/** Where a training leaves what. */
export interface RunFolder {
  /** As the user wrote it. */
  readonly folder: string;
  readonly weights: string;
  readonly checkpoint: string;
  readonly record: string;
  readonly curves: string;
  readonly confusion: string;
  readonly examples: string;
  readonly report: string;
}

export const runFolder = (folder: string): RunFolder => ({
  folder,
  weights: path.join(folder, 'weights.safetensors'),
  checkpoint: path.join(folder, 'checkpoint.safetensors'),
  record: path.join(folder, 'run.json'),
  curves: path.join(folder, 'curves.svg'),
  confusion: path.join(folder, 'confusion.svg'),
  examples: path.join(folder, 'examples'),
  report: path.join(folder, 'report.html'),
});

async function contentOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR')
      throw new ZooError('disk', `${folder}: is a file, or lies in one, expected a folder. Choose another --out.`);
    throw diskError(folder, error);
  }
}

/** Finds out before hours of work whether there is a place for its result. */
async function requireWritable(folder: string): Promise<void> {
  const probe = path.join(folder, `.${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, 'zoo');
    await rm(probe);
  } catch (error) {
    throw diskError(folder, error);
  }
}

/**
 * Makes a folder for a new run.
 *
 * @param overwrite Whether another run that is there may be replaced.
 * @throws ZooError `usage` when something is there already, `disk` when it cannot be written.
 */
export async function claimRunFolder(folder: string, overwrite: boolean): Promise<RunFolder> {
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
  await requireWritable(folder);
  return runFolder(folder);
}

/** Takes away what an earlier run left, and nothing else. */
export async function emptyRunFolder({ folder: _, ...parts }: RunFolder): Promise<void> {
  for (const part of Object.values(parts)) await rm(part, { recursive: true, force: true });
}

/** Leaves no empty folder behind where nothing came of a run. */
export const leaveNoEmptyFolder = ({ folder }: RunFolder): Promise<void> => rmdir(folder).catch(() => {});
