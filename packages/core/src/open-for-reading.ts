import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { systemCode } from './system-code.ts';
import { ZooError } from './zoo-error.ts';

function kindOf(status: Stats): string {
  if (status.isDirectory()) return 'is a folder';
  if (status.isFIFO()) return 'is a pipe';
  if (status.isSocket()) return 'is a socket';
  return 'is a device';
}

const reasons: Record<string, string> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  ENXIO: 'is a socket',
};

/**
 * Opens a file on the disk. Devices, and pipes without a writer, have no end: they are refused instead of waited for.
 *
 * @param expected What is to be read, for messages: `a file of weights`.
 * @throws ZooError `not-found` when there is none, or it is no file.
 */
export async function openForReading(
  file: string | URL,
  name: string,
  expected: string,
): Promise<{ handle: FileHandle; size: number }> {
  const refuse = (what: string, cause?: unknown): never => {
    throw new ZooError('not-found', `${name}: ${what}, expected ${expected}. Check the path.`, { cause });
  };
  // A pipe would hold up the opening itself.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    const code = systemCode(error) || String(error);
    return refuse(reasons[code] ?? `cannot be read (${code})`, error);
  });
  try {
    const status = await handle.stat();
    if (!status.isFile()) refuse(kindOf(status));
    return { handle, size: status.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
