import { ZooError } from '@zoo/core';
import { openForReading } from '@zoo/core/files';

/**
 * A file of the disk, whole.
 *
 * @param what What it is, for messages: `the record of a run`.
 * @param mostBytes More than any that was not made to do harm.
 * @throws ZooError `not-found` without the file and for devices and pipes, `data` for a longer one.
 */
export async function bytesOf(file: string, what: string, mostBytes: number): Promise<Uint8Array> {
  const { handle, size } = await openForReading(file, file, what);
  try {
    if (size > mostBytes)
      throw new ZooError('data', `${file}: has ${size} bytes, expected ${what} of at most ${mostBytes}.`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** The text of such a file, in UTF-8. @throws ZooError as `bytesOf`. */
export const textOf = async (file: string, what: string, mostBytes: number): Promise<string> =>
  Buffer.from(await bytesOf(file, what, mostBytes)).toString('utf8');
