import { stat } from 'node:fs/promises';
import { ZooError } from '@zoo/core';
import { leftOutNotice, listPictures } from '@zoo/loaders';

async function filesOf(given: string, onNotice: (line: string) => void): Promise<readonly string[]> {
  const kind = await stat(given).catch(() => undefined);
  if (!kind?.isDirectory()) return [given];
  const { pictures, leftOut } = await listPictures(given, { deep: false });
  const notice = leftOutNotice(given, leftOut);
  if (notice) onNotice(notice);
  if (pictures.length === 0)
    throw new ZooError('not-found', `${given}: has no pictures. Choose another folder, or a picture.`);
  return pictures;
}

/**
 * Picture files as given, and for a folder all pictures in it.
 *
 * @param onNotice Gets a line about files of a folder that are no pictures.
 */
export async function pictureFiles(given: readonly string[], onNotice: (line: string) => void): Promise<string[]> {
  const files: string[] = [];
  for (const one of given) files.push(...(await filesOf(one, onNotice)));
  return files;
}
