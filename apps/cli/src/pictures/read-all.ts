import { isZooError, ZooError } from '@zoo/core';
import type { Picture } from '@zoo/loaders';
import { counted, thousands } from '../rendering/quantities.ts';
import { readPicture } from './read-picture.ts';

/** A picture file that could be read. */
export interface ReadFile {
  file: string;
  /** Among the files. */
  place: number;
  picture: Picture;
}

const isOfFile = (error: unknown): error is ZooError =>
  isZooError(error) && ['corrupt-file', 'not-found', 'data', 'network'].includes(error.code);

/**
 * Decodes picture files one by one. One that cannot be read does not keep the others back: it is handed to `onDamaged`, and when
 * all are done it is an error.
 *
 * @throws ZooError that of the file, where only one was named; `corrupt-file` with the count otherwise.
 */
export async function* readAll(
  files: readonly string[],
  channels: number,
  onDamaged: (file: string, message: string) => void,
): AsyncGenerator<ReadFile, void, undefined> {
  let damaged = 0;
  for (const [index, file] of files.entries()) {
    let picture: Picture;
    try {
      picture = await readPicture(file, channels);
    } catch (error) {
      if (!isOfFile(error) || files.length === 1) throw error;
      damaged++;
      onDamaged(file, error.message);
      continue;
    }
    yield { file, place: index, picture };
  }
  if (damaged > 0)
    throw new ZooError(
      'corrupt-file',
      `${thousands(damaged)} of ${counted(files.length, 'picture')} could not be read: see above.`,
    );
}
