import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ZooError } from '@zoo/core';

const picture = /\.(png|jpe?g|webp)$/i;

async function filesOf(given: string): Promise<string[]> {
  const kind = await stat(given).catch(() => undefined);
  if (!kind?.isDirectory()) return [given];
  const files = (await readdir(given)).filter((name) => picture.test(name)).sort();
  if (files.length === 0)
    throw new ZooError(
      'not-found',
      `${given}: has no PNG, JPEG or WebP pictures. Choose another folder, or a picture.`,
    );
  return files.map((name) => path.join(given, name));
}

/** Picture files as given, and for a folder all pictures in it. */
export const pictureFiles = async (given: readonly string[]): Promise<string[]> =>
  (await Promise.all(given.map(filesOf))).flat();
