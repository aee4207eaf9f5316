import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { diskError, makeFolder } from '@zoo/core/files';

const partName = (folder: string) => `.${path.basename(folder)}.${process.pid}.${randomUUID().slice(0, 8)}.part`;

/** Whether the process that began a part still runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There is one, and it is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Takes away what processes have left that were killed on the way. */
export async function removeDeadParts(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const pid = Number(/\.(\d+)\.[0-9a-f]+\.part$/.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(pid) && !isAlive(pid)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

/**
 * A folder that is complete, or is not there: it is filled under another name and renamed. Where it is there already,
 * nothing is done. Of two processes that fill it at once, the first one's stays.
 */
export async function completeFolder(folder: string, fill: (part: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  const part = path.join(path.dirname(folder), partName(folder));
  try {
    await makeFolder(part);
    await fill(part);
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => {});
    const code = error instanceof Error && 'code' in error ? error.code : '';
    const another = (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM') && existsSync(folder);
    if (!another) throw diskError(folder, error);
  }
}
