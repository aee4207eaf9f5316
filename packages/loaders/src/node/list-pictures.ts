import { stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCode, ZooError } from '@zoo/core';
import { endingOf, isPictureName } from '../pictures/picture-endings.ts';
import type { ListPicturesOptions, PictureList, UnreadableEntry } from '../pictures/picture-list.ts';
import { type FolderContent, folderContent } from './folder-content.ts';

/** The content of a folder that the user named. @throws ZooError `not-found` if it cannot be read. */
export async function contentOfNamed(folder: string, expected: string): Promise<FolderContent> {
  try {
    return await folderContent(folder);
  } catch (error) {
    const code = systemCode(error) || error;
    const what =
      code === 'ENOENT' ? 'no such folder' : code === 'ENOTDIR' ? 'it is a file' : `cannot be read (${code})`;
    throw new ZooError('not-found', `${folder}: ${what}, expected ${expected}.`, { cause: error });
  }
}

interface Found {
  pictures: string[];
  leftOut: Map<string, number>;
  unreadable: UnreadableEntry[];
}

function addFiles(top: string, folder: string, { files, unreadable }: FolderContent, found: Found): void {
  for (const name of files) {
    const ending = endingOf(name);
    if (isPictureName(name)) found.pictures.push(path.join(folder, name));
    else found.leftOut.set(ending, (found.leftOut.get(ending) ?? 0) + 1);
  }
  for (const { name, why } of unreadable) {
    const inside = path.relative(top, path.join(folder, name));
    found.unreadable.push({ name: inside.split(path.sep).join('/'), why });
  }
}

async function identityOf(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder);
  return `${dev}:${ino}`;
}

/** Adds the files of a folder and its sub-folders. `trail` ends links that lead back up, through other links. */
async function addTree(top: string, folder: string, found: Found, ancestors: readonly string[]): Promise<void> {
  const identity = await identityOf(folder);
  if (ancestors.includes(identity)) return;
  const content = await contentOfNamed(folder, 'a folder of pictures');
  addFiles(top, folder, content, found);
  for (const name of content.folders) await addTree(top, path.join(folder, name), found, [...ancestors, identity]);
}

/** See the package's `listPictures`. */
export async function listPictures(folder: string, { deep = true }: ListPicturesOptions = {}): Promise<PictureList> {
  const content = await contentOfNamed(folder, 'a folder of pictures');
  const found: Found = { pictures: [], leftOut: new Map(), unreadable: [] };
  // A link to the folder of all classes would make everything one class, wherever this class's own link leads.
  if (deep) await addTree(folder, folder, found, [await identityOf(path.dirname(path.resolve(folder)))]);
  else addFiles(folder, folder, content, found);
  return found;
}
