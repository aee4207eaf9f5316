import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import type { Dataset, TrainingAndTest } from '../dataset.ts';
import { at } from '../dataset.ts';
import { decodeImage } from '../picture-of.ts';
import { split } from '../split.ts';

const picture = /\.(png|jpe?g|webp)$/i;
const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Names of a folder's files and folders, links followed, hidden ones left out, sorted the same way on every machine. */
async function list(folder: string): Promise<{ files: string[]; folders: string[] }> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort(byCodeUnits);
  const kinds = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => undefined)));
  return {
    files: names.filter((_, i) => kinds[i]?.isFile()),
    folders: names.filter((_, i) => kinds[i]?.isDirectory()),
  };
}

async function listTop(folder: string): Promise<{ files: string[]; folders: string[] }> {
  try {
    return await list(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    const what =
      code === 'ENOENT' ? 'no such folder' : code === 'ENOTDIR' ? 'it is a file' : `cannot be read (${code})`;
    throw new ZooError('not-found', `${folder}: ${what}, expected a folder with one sub-folder of pictures a class.`, {
      cause: error,
    });
  }
}

/** Every picture in a folder and its sub-folders. `trail` ends links that lead back up. */
async function pictures(folder: string, trail: readonly string[] = []): Promise<string[]> {
  const { dev, ino } = await stat(folder);
  const identity = `${dev}:${ino}`;
  if (trail.includes(identity)) return [];
  const { files, folders } = await list(folder);
  const own = files.filter((name) => picture.test(name)).map((name) => path.join(folder, name));
  const deeper = await Promise.all(folders.map((name) => pictures(path.join(folder, name), [...trail, identity])));
  return [...own, ...deeper.flat()];
}

/** See the package's `imageFolder`. */
export async function imageFolder(folder: string): Promise<Dataset> {
  const { folders: classes } = await listTop(folder);
  if (classes.length === 0) {
    throw new ZooError('data', `${folder}: 0 sub-folders, expected one of pictures a class.`);
  }
  const files: string[] = [];
  const labels: number[] = [];
  for (const [label, name] of classes.entries()) {
    const found = await pictures(path.join(folder, name));
    if (found.length === 0) {
      throw new ZooError(
        'data',
        `${path.join(folder, name)}: 0 PNG, JPEG or WebP pictures, expected some of this class.`,
      );
    }
    files.push(...found);
    labels.push(...found.map(() => label));
  }
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
  { heldOut = 0.1, seed = 0 }: { heldOut?: number; seed?: number } = {},
): Promise<TrainingAndTest> {
  const { folders } = await listTop(folder);
  const testName = testNames.find((name) => folders.includes(name));
  if (!folders.includes('train') || !testName) {
    const [training, test] = split(await imageFolder(folder), 1 - heldOut, seed);
    return {
      training: { ...training, name: `${training.name}/training` },
      test: { ...test, name: `${test.name}/test` },
    };
  }
  const [training, test] = [
    await imageFolder(path.join(folder, 'train')),
    await imageFolder(path.join(folder, testName)),
  ];
  if (training.classes.join('/') !== test.classes.join('/')) {
    const names = `${test.classes.join(', ')}, expected ${training.classes.join(', ')} as in train`;
    throw new ZooError('data', `${path.join(folder, testName)}: classes are ${names}; give both the same sub-folders.`);
  }
  return { training, test };
}
