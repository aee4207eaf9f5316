import { createHash } from 'node:crypto';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { readAddress, readableFormats } from '#pictures';
import type { Dataset } from '../dataset.ts';
import { at } from '../dataset.ts';
import type { FolderParts, FolderSets, ImageFolderOptions, ImageFoldersOptions } from '../folder-options.ts';
import { decodeImage } from '../picture-of.ts';
import { isPictureName } from '../pictures/picture-endings.ts';
import { formatList } from '../pictures/picture-format.ts';
import {
  leftOutCounts,
  leftOutNotice,
  type PictureList,
  type UnreadableEntry,
  unreadableNotice,
} from '../pictures/picture-list.ts';
import { indicesByClass } from '../select.ts';
import { split } from '../split.ts';
import { folderContent, requireFolders } from './folder-content.ts';
import { folderParts } from './folder-parts.ts';
import { contentOfNamed, listPictures } from './list-pictures.ts';
import { adviceWithoutClasses } from './no-classes.ts';

const listTop = (folder: string) => contentOfNamed(folder, 'a folder with one sub-folder of pictures a class');

/** Reports the files of a folder that are in none of its classes, are no pictures, or are unreadable. */
function noticeLeftOut(
  folder: string,
  outside: readonly string[],
  { leftOut, unreadable }: Pick<PictureList, 'leftOut' | 'unreadable'>,
  onNotice: (line: string) => void,
): void {
  const looseCount = outside.filter(isPictureName).length;
  if (looseCount > 0)
    onNotice(
      `${folder}: ${looseCount === 1 ? '1 picture lies beside its sub-folders, of no class, and is' : `${looseCount} pictures lie beside its sub-folders, of no class, and are`} left out.`,
    );
  for (const notice of [leftOutNotice(folder, leftOut), unreadableNotice(folder, unreadable)])
    if (notice) onNotice(notice);
}

const listed = (names: readonly string[]) => `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', ...' : ''}`;

/**
 * Parts with unknown names would be learned as classes. A single name that occurs everywhere, such as `images`, is not a class of a part.
 *
 * @throws ZooError `data` for two sub-folders that share two or more sub-folders of their own, and for one that has nothing but
 *   several sub-folders beside one that has none.
 */
async function requireNoParts(folder: string, classes: readonly string[]): Promise<void> {
  const nestedClasses = new Map<string, string>();
  let nested: { name: string; folders: readonly string[] } | undefined;
  let flat: string | undefined;
  for (const name of classes) {
    const { folders, files } = await folderContent(path.join(folder, name));
    const own = folders.map((one) => one.toLowerCase());
    for (const other of new Set(own.flatMap((one) => nestedClasses.get(one) ?? []))) {
      const shared = folders.filter((one) => nestedClasses.get(one.toLowerCase()) === other);
      if (shared.length < 2) continue;
      throw new ZooError(
        'data',
        `${folder}: ${other} and ${name} hold the same sub-folders (${listed(shared)}), as parts do, and not classes. Say which part is for training and which for testing: options training and test. If they are classes, put their pictures straight into ${other} and ${name}.`,
      );
    }
    for (const one of own) if (!nestedClasses.has(one)) nestedClasses.set(one, name);
    const pictures = files.some(isPictureName);
    if (folders.length > 1 && !pictures) nested ??= { name, folders };
    if (folders.length === 0 && pictures) flat ??= name;
  }
  if (nested === undefined || flat === undefined) return;
  throw new ZooError(
    'data',
    `${folder}: ${nested.name} holds sub-folders (${listed(nested.folders)}) and ${flat} only pictures, so that ${nested.name} looks like a part with classes of its own. If its sub-folders are the classes, give ${path.join(folder, nested.name)} instead. If ${nested.name} is a class, put its pictures straight into it.`,
  );
}

/**
 * The names of pictures, as `nameOf` gives them.
 *
 * @throws ZooError `data` for two that differ in nothing but Unicode's form.
 */
function namesOf(folder: string, files: readonly string[]): string[] {
  const names = files.map((file) => path.relative(folder, file).split(path.sep).join('/').normalize('NFC'));
  if (new Set(names).size === names.length) return names;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  throw new ZooError(
    'data',
    `${folder}: two pictures are called ${twice}, written in different forms of Unicode. Rename one of them.`,
  );
}

/** See the package's `imageFolder`. */
export async function imageFolder(folder: string, { onNotice = () => {} }: ImageFolderOptions = {}): Promise<Dataset> {
  const content = await listTop(folder);
  requireFolders(folder, content);
  const { folders, files: outside } = content;
  if (folders.length === 0) {
    throw new ZooError(
      'data',
      `${folder}: 0 sub-folders, expected one of pictures a class.${adviceWithoutClasses(content)}`,
    );
  }
  await requireNoParts(folder, folders);
  const files: string[] = [];
  const labels: number[] = [];
  const leftOut = new Map<string, number>();
  const unreadable: UnreadableEntry[] = [...content.unreadable];
  for (const [label, name] of folders.entries()) {
    const found = await listPictures(path.join(folder, name));
    if (found.pictures.length === 0) {
      const others = found.leftOut.size > 0 ? ` among its files (${leftOutCounts(found.leftOut)})` : '';
      const gone = unreadableNotice(path.join(folder, name), found.unreadable);
      if (gone) onNotice(gone);
      throw new ZooError(
        'data',
        `${path.join(folder, name)}: 0 pictures${others}, expected some of this class: ${formatList(readableFormats)}.`,
      );
    }
    files.push(...found.pictures);
    labels.push(...found.pictures.map(() => label));
    for (const [ending, count] of found.leftOut) leftOut.set(ending, (leftOut.get(ending) ?? 0) + count);
    unreadable.push(...found.unreadable.map((one) => ({ ...one, name: `${name}/${one.name}` })));
  }
  noticeLeftOut(folder, outside, { leftOut, unreadable }, onNotice);
  const name = path.basename(path.resolve(folder));
  const names = namesOf(folder, files);
  return {
    name,
    classes: folders.map((one) => one.normalize('NFC')),
    length: files.length,
    channels: 3,
    labelOf: (index) => at(name, labels, index),
    nameOf: (index) => at(name, names, index),
    hashOf: async (index) =>
      createHash('sha256')
        .update(await readAddress(at(name, files, index)))
        .digest('hex'),
    sourceOf: (index) => {
      const file = at(name, files, index);
      return { file, name: file };
    },
    example: async (index) => {
      const label = at(name, labels, index);
      const file = at(name, files, index);
      return { label, ...(await decodeImage(file, file)) };
    },
  };
}

/** The parts that the options name, or that are found by their names. @throws ZooError `usage` for only one of the options. */
function partsOf(folder: string, { training, test, onNotice }: ImageFoldersOptions): Promise<FolderParts> {
  if (training === undefined && test === undefined) return folderParts(folder, { onNotice });
  if (training === undefined || test === undefined)
    throw new ZooError(
      'usage',
      `imageFolders: ${folder}: got one of the options training and test, expected both or none.`,
    );
  return Promise.resolve({ training: path.resolve(folder, training), test: path.resolve(folder, test) });
}

/** @throws ZooError `data` for a single class. */
async function requireClasses(folder: string, { classes }: Dataset): Promise<void> {
  if (classes.length > 1) return;
  const advice = adviceWithoutClasses(await folderContent(folder)) || ' Add a sub-folder of other pictures.';
  throw new ZooError('data', `${folder}: has one class, ${classes.join('')}, expected at least two.${advice}`);
}

/** @throws ZooError `data` for a class of one picture, of which none can be held out. */
function requireSome(folder: string, dataset: Dataset): void {
  const single = indicesByClass(dataset).flatMap(({ length }, label) =>
    length === 1 ? (dataset.classes[label] ?? '') : [],
  );
  const [first, ...others] = single;
  if (first === undefined) return;
  const alike = others.length > 0 ? `, and so have ${listed(others)}` : '';
  throw new ZooError(
    'data',
    `${path.join(folder, first)}: has 1 picture that can be used${alike}, expected at least 2, to train on and to test on. Add some, leave the class out, or keep the pictures to test on in a folder of their own: options training and test.`,
  );
}

/** See the package's `imageFolders`. */
export async function imageFolders(folder: string, options: ImageFoldersOptions = {}): Promise<FolderSets> {
  const { heldOut = 0.1, seed = 0, onNotice, prepare = async (dataset) => dataset } = options;
  const parts = await partsOf(folder, options);
  const found = await imageFolder(parts.training, { onNotice });
  await requireClasses(parts.training, found);
  const training = await prepare(found);
  if (parts.test === undefined) {
    requireSome(parts.training, training);
    const [kept, test] = split(training, 1 - heldOut, seed);
    return {
      training: { ...kept, name: `${kept.name}/training` },
      test: { ...test, name: `${test.name}/test` },
      parts,
    };
  }
  const test = await prepare(await imageFolder(parts.test, { onNotice }));
  if (training.classes.join('/') !== test.classes.join('/')) {
    const names = `${test.classes.join(', ')}, expected ${training.classes.join(', ')} as in ${path.basename(parts.training)}`;
    throw new ZooError('data', `${parts.test}: classes are ${names}; give both the same sub-folders.`);
  }
  return { training, test, parts };
}
