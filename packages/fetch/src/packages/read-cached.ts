import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { systemCode, ZooError } from '@zoo/core';
import { diskError, otherCache } from '@zoo/core/files';
import { fileProblem } from './file-problem.ts';
import type { PinnedFile } from './pinned-file.ts';

/** The cached file's bytes, or what is wrong with it. Undefined when it is not there. */
async function read(file: string, pinned: PinnedFile): Promise<Uint8Array | string | undefined> {
  try {
    const bytes = await readFile(file);
    return fileProblem(bytes, pinned) ?? bytes;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EISDIR') return 'a folder, expected a file';
    throw new ZooError('disk', `${file}: cannot be read (${code || error}); change its permissions or remove it.`, {
      cause: error,
    });
  }
}

/**
 * A file of the cache, if it exists and is good. A damaged one is renamed to `NAME.damaged`, so that it is not used
 * and can be inspected.
 */
export async function readCached(
  folder: string,
  pinned: PinnedFile,
  onNotice: (line: string) => void,
): Promise<Uint8Array | undefined> {
  const file = path.join(folder, pinned.name);
  const found = await read(file, pinned);
  if (typeof found !== 'string') return found;
  try {
    await rename(file, `${file}.damaged`);
  } catch (error) {
    // Another process may have set it aside a moment ago.
    if (systemCode(error) !== 'ENOENT') throw diskError(file, error, otherCache);
  }
  onNotice(`${file}: damaged, ${found}; renamed to ${pinned.name}.damaged and fetched again.`);
  return undefined;
}
