import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { systemCode } from '@zoo/core';
import { diskError, makeFolder, temporaryName } from '@zoo/core/files';

/**
 * Creates a folder atomically: it is filled under another name and renamed. If it exists already,
 * nothing is done. Of two processes that fill it at once, the first one's stays.
 */
export async function completeFolder(folder: string, fill: (part: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  const part = temporaryName(folder);
  try {
    await makeFolder(part);
    await fill(part);
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => {});
    const code = systemCode(error);
    const another = (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM') && existsSync(folder);
    if (!another) throw diskError(folder, error);
  }
}
