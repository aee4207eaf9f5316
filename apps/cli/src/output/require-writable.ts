import { rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { diskError, temporaryName } from '@zoo/core/files';

/**
 * Finds out, before anything long begins, whether files can be written in a folder that is there.
 *
 * @param named What the user called it, for the message.
 * @throws ZooError `disk` with the reason.
 */
export async function requireWritable(folder: string, named = folder): Promise<void> {
  const probe = temporaryName(path.join(folder, 'probe'));
  try {
    await writeFile(probe, 'zoo');
    await rm(probe);
  } catch (error) {
    throw diskError(named, error);
  }
}

const kindOf = (place: string) => stat(place).catch(() => undefined);

/**
 * Finds out the same for a file that a command is to write. Only a run makes folders: one that is missing here is rather a slip.
 *
 * @param option What named the file, such as `--out`; none for an argument.
 * @throws ZooError `not-found` without its folder, `disk` where it cannot be written.
 */
export async function requireWritableFile(file: string, option?: string): Promise<void> {
  const named = option === undefined ? file : `${option} ${file}`;
  const folder = path.dirname(file);
  const [place, parent] = [await kindOf(file), await kindOf(folder)];
  // A pipe or a device is written to as it is.
  if (place && !place.isFile() && !place.isDirectory()) return;
  if (place?.isDirectory()) throw new ZooError('disk', `${named}: is a folder, expected the name of a file in it.`);
  if (!parent)
    throw new ZooError('not-found', `${named}: there is no folder ${folder}. Make it first, or choose another.`);
  if (!parent.isDirectory())
    throw new ZooError('disk', `${named}: ${folder} is a file, expected a folder. Choose another.`);
  await requireWritable(folder, named);
}
