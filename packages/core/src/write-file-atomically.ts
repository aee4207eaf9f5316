import { type FileHandle, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { flushToDisk } from './flush-to-disk.ts';
import { makeFolder } from './make-folder.ts';
import { systemCode } from './system-code.ts';
import { removeAbandonedOnce, temporaryName } from './temporary-files.ts';
import { ZooError } from './zoo-error.ts';

/** What the system's error codes mean, and what to do besides writing somewhere else. */
const reasons: Record<string, readonly [what: string, before?: string, after?: string, other?: string]> = {
  ENOSPC: ['the disk is full', 'free some space, or '],
  EFBIG: ['the system allows no file of this size', 'raise that limit (ulimit -f), or '],
  EDQUOT: ['the disk quota is used up', 'free some space, or '],
  EACCES: ['permission denied', '', ', or change its permissions'],
  EPERM: ['permission denied', '', ', or change its permissions'],
  EROFS: ['the file system is read-only'],
  ENOTDIR: ['a part of the path is a file, not a folder'],
  EEXIST: ['a file stands where a folder is needed'],
  EISDIR: ['it is a folder, not a file', '', '', 'choose another name'],
  ENOENT: ['its folder cannot be made there'],
  EBUSY: ['another program holds it', 'close that, or ', '', 'choose another name'],
  ENAMETOOLONG: ['the name is too long', '', '', 'choose another name'],
};

/** Whether the system could not begin a file or a folder. */
const isNew = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && (error.syscall === 'open' || error.syscall === 'mkdir');

/**
 * A failed write as a `ZooError` that names the path and the remedy. Errors of other kinds come back as they are.
 *
 * @param elsewhere How to have it written somewhere else.
 */
export function diskError(file: string, error: unknown, elsewhere?: string): unknown {
  const code = systemCode(error);
  const reason = code === 'ENOENT' && !isNew(error) ? undefined : reasons[code];
  if (!reason) return error;
  const [what, before = '', after = '', other = 'choose another folder'] = reason;
  return new ZooError(
    'disk',
    `${file}: cannot be written, ${what}: ${before}${elsewhere ?? other}${after} (${code}).`,
    {
      cause: error,
    },
  );
}

type Content = string | Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

async function writeAll(handle: FileHandle, content: Content): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array) await handle.writeFile(content);
  else for await (const piece of content) await handle.writeFile(piece);
}

/** Whether a name stands for a pipe, a device or an open file of a process: a new file may not take its place. */
async function isStream(file: string): Promise<boolean> {
  const status = await stat(file).catch(() => undefined);
  if (!status || status.isDirectory()) return false;
  return !status.isFile() || /^\/(dev|proc)\//.test(path.resolve(file));
}

async function writeDirectly(file: string, content: Content): Promise<void> {
  try {
    const handle = await open(file, 'w');
    try {
      await writeAll(handle, content);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw diskError(file, error);
  }
}

/** The file that a link stands for, also where there is none yet. */
async function linkTarget(file: string): Promise<string> {
  const target = await readlink(file).catch(() => undefined);
  if (target === undefined) return file;
  return realpath(file).catch(() => path.resolve(path.dirname(file), target));
}

/**
 * Writes a whole file or nothing: into a temporary file beside it, flushed to the disk, then renamed.
 * Whatever happens on the way, a good file that was there before stays there. Missing folders are made. What a process that was
 * killed while writing has left there is removed. A link stays, and the file that it stands for is replaced; into a pipe or a
 * device the content goes as it comes.
 *
 * @param content The bytes, at once or in pieces.
 * @param elsewhere How to have it written somewhere else, for the message. Default: `choose another folder`.
 * @throws ZooError `disk` when the disk is full or the folder cannot be written. Errors of `content` itself pass through.
 */
export async function writeFileAtomically(named: string, content: Content, elsewhere?: string): Promise<void> {
  if (await isStream(named)) return writeDirectly(named, content);
  const file = await linkTarget(named);
  const temporary = temporaryName(file);
  try {
    await makeFolder(path.dirname(file));
    await removeAbandonedOnce(path.dirname(file));
    const handle = await open(temporary, 'wx');
    try {
      await writeAll(handle, content);
      await flushToDisk(handle);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw diskError(file, error, elsewhere);
  }
}
