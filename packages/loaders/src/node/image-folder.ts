import path from 'node:path';
import { ZooError } from '@zoo/core';
import { readableFormats } from '#pictures';
import type { Dataset, TrainingAndTest } from '../dataset.ts';
import { at } from '../dataset.ts';
import type { ImageFolderOptions, ImageFoldersOptions } from '../folder-options.ts';
import { decodeImage } from '../picture-of.ts';
import { isPictureName } from '../pictures/picture-endings.ts';
import { formatList } from '../pictures/picture-format.ts';
import { leftOutCounts, leftOutNotice } from '../pictures/picture-list.ts';
import { split } from '../split.ts';
import { contentOfNamed, listPictures } from './list-pictures.ts';

const listTop = (folder: string) => contentOfNamed(folder, 'a folder with one sub-folder of pictures a class');

/** What is said about the files of a folder of classes that are in none of them, or no pictures. */
function tellLeftOut(
  folder: string,
  outside: readonly string[],
  leftOut: ReadonlyMap<string, number>,
  onNotice: (line: string) => void,
): void {
  const strays = outside.filter(isPictureName).length;
  if (strays > 0)
    onNotice(
      `${folder}: ${strays === 1 ? '1 picture lies beside its sub-folders, of no class, and is' : `${strays} pictures lie beside its sub-folders, of no class, and are`} left out.`,
    );
  const notice = leftOutNotice(folder, leftOut);
  if (notice) onNotice(notice);
}

/** See the package's `imageFolder`. */
export async function imageFolder(folder: string, { onNotice = () => {} }: ImageFolderOptions = {}): Promise<Dataset> {
  const { folders: classes, files: outside } = await listTop(folder);
  if (classes.length === 0) {
    throw new ZooError('data', `${folder}: 0 sub-folders, expected one of pictures a class.`);
  }
  const files: string[] = [];
  const labels: number[] = [];
  const leftOut = new Map<string, number>();
  for (const [label, name] of classes.entries()) {
    const found = await listPictures(path.join(folder, name));
    if (found.pictures.length === 0) {
      const others = found.leftOut.size > 0 ? ` among its files (${leftOutCounts(found.leftOut)})` : '';
      throw new ZooError(
        'data',
        `${path.join(folder, name)}: 0 pictures${others}, expected some of this class: ${formatList(readableFormats)}.`,
      );
    }
    files.push(...found.pictures);
    labels.push(...found.pictures.map(() => label));
    for (const [ending, count] of found.leftOut) leftOut.set(ending, (leftOut.get(ending) ?? 0) + count);
  }
  tellLeftOut(folder, outside, leftOut, onNotice);
  const name = path.basename(path.resolve(folder));
  return {
    name,
    classes,
    length: files.length,
    channels: 3,
    labelOf: (index) => at(name, labels, index),
    example: async (index) => {
      const label = at(name, labels, index);
      const file = files[index] ?? '';
      return { label, ...(await decodeImage(file, file)) };
    },
  };
}

const testNames = ['test', 'val', 'validation'];

/** See the package's `imageFolders`. */
export async function imageFolders(
  folder: string,
  { heldOut = 0.1, seed = 0, ...options }: ImageFoldersOptions = {},
): Promise<TrainingAndTest> {
  const { folders } = await listTop(folder);
  const testName = testNames.find((name) => folders.includes(name));
  if (!folders.includes('train') || !testName) {
    const [training, test] = split(await imageFolder(folder, options), 1 - heldOut, seed);
    return {
      training: { ...training, name: `${training.name}/training` },
      test: { ...test, name: `${test.name}/test` },
    };
  }
  const [training, test] = [
    await imageFolder(path.join(folder, 'train'), options),
    await imageFolder(path.join(folder, testName), options),
  ];
  if (training.classes.join('/') !== test.classes.join('/')) {
    const names = `${test.classes.join(', ')}, expected ${training.classes.join(', ')} as in train`;
    throw new ZooError('data', `${path.join(folder, testName)}: classes are ${names}; give both the same sub-folders.`);
  }
  return { training, test };
}
