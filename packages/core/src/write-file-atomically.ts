import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { flushToDisk } from './flush-to-disk.ts';
import { makeFolder } from './make-folder.ts';
import { removeAbandonedOnce, temporaryName } from './temporary-files.ts';
import { ZooError } from './zoo-error.ts';

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full: free some space, or choose another folder',
  EDQUOT: 'the disk quota is used up: free some space, or choose another folder',
  EACCES: 'it may not be written: choose another folder, or change its permissions',
  EPERM: 'it may not be written: choose another folder, or change its permissions',
  EROFS: 'the file system is read-only: choose another folder',
  ENOTDIR: 'a part of the path is a file, not a folder: choose another folder',
  EEXIST: 'a file stands where a folder is needed: choose another folder',
  EISDIR: 'it is a folder, not a file: choose another name',
  ENOENT: 'its folder cannot be made there: choose another folder',
  EBUSY: 'another program holds it: close that, or choose another name',
  ENAMETOOLONG: 'the name is too long: choose a shorter one',
};

/** Whether the system could not begin a file or a folder. */
const isNew = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && (error.syscall === 'open' || error.syscall === 'mkdir');

/** A failed write as a `ZooError` that names the path and the way out. Errors of other kinds come back as they are. */
export function diskError(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = code === 'ENOENT' && !isNew(error) ? undefined : reasons[code];
  return reason ? new ZooError('disk', `${file}: cannot be written, ${reason} (${code}).`, { cause: error }) : error;
}

/**
 * Writes a whole file or nothing: into a temporary file beside it, flushed to the disk, then renamed.
 * Whatever happens on the way, a good file that was there before stays there. Missing folders are made. What a process has left
 * there that was killed while it wrote is taken away.
 *
 * @param content The bytes, at once or in pieces.
 * @throws ZooError `disk` when the disk is full or the folder cannot be written. Errors of `content` itself pass through.
 */
export async function writeFileAtomically(
  file: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const temporary = temporaryName(file);
  try {
    await makeFolder(path.dirname(file));
    await removeAbandonedOnce(path.dirname(file));
    const handle = await open(temporary, 'wx');
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) await handle.writeFile(content);
      else for await (const piece of content) await handle.writeFile(piece);
      await flushToDisk(handle);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw diskError(file, error);
  }
}
