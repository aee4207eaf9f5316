import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { endingOf, isPictureName } from '../pictures/picture-endings.ts';
import type { ListPicturesOptions, PictureList } from '../pictures/picture-list.ts';
import { type FolderContent, folderContent } from './folder-content.ts';

/** What is in a folder that somebody named. @throws ZooError `not-found` where it cannot be read. */
export async function contentOfNamed(folder: string, expected: string): Promise<FolderContent> {
  try {
    return await folderContent(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    const what =
      code === 'ENOENT' ? 'no such folder' : code === 'ENOTDIR' ? 'it is a file' : `cannot be read (${code})`;
    throw new ZooError('not-found', `${folder}: ${what}, expected ${expected}.`, { cause: error });
  }
}

interface Found {
  pictures: string[];
  leftOut: Map<string, number>;
}

function addFiles(folder: string, files: readonly string[], { pictures, leftOut }: Found): void {
  for (const name of files) {
    const ending = endingOf(name);
    if (isPictureName(name)) pictures.push(path.join(folder, name));
    else leftOut.set(ending, (leftOut.get(ending) ?? 0) + 1);
  }
}

/** Adds the files of a folder and its sub-folders. `trail` ends links that lead back up. */
async function addTree(folder: string, found: Found, trail: readonly string[] = []): Promise<void> {
  const { dev, ino } = await stat(folder);
  const identity = `${dev}:${ino}`;
  if (trail.includes(identity)) return;
  const { files, folders } = await folderContent(folder);
  addFiles(folder, files, found);
  for (const name of folders) await addTree(path.join(folder, name), found, [...trail, identity]);
}

/** See the package's `listPictures`. */
export async function listPictures(folder: string, { deep = true }: ListPicturesOptions = {}): Promise<PictureList> {
  const { files } = await contentOfNamed(folder, 'a folder of pictures');
  const found: Found = { pictures: [], leftOut: new Map() };
  if (deep) await addTree(folder, found);
  else addFiles(folder, files, found);
  return found;
}
