import { ZooError } from '@zoo/core';
import { openForReading } from '@zoo/core/files';

/**
 * The text of a file of the disk, whole.
 *
 * @param what What it is, for messages: `the record of a run`.
 * @param mostBytes More than any that was not made to do harm.
 * @throws ZooError `not-found` without the file and for devices and pipes, `data` for a longer one.
 */
export async function textOf(file: string, what: string, mostBytes: number): Promise<string> {
  const { handle, size } = await openForReading(file, file, what);
  try {
    if (size > mostBytes)
      throw new ZooError('data', `${file}: has ${size} bytes, expected ${what} of at most ${mostBytes}.`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
