import path from 'node:path';
import { ZooError } from '@zoo/core';
import type { FolderParts, ImageFolderOptions } from '../folder-options.ts';
import { isPictureName } from '../pictures/picture-endings.ts';
import { folderContent, requireFolders } from './folder-content.ts';
import { contentOfNamed } from './list-pictures.ts';
import { type PartKind, partName } from './part-names.ts';

const expected = 'a folder with one sub-folder of pictures a class';

type OnNotice = (line: string) => void;

/** Whether a folder has sub-folders, like a part with its classes, and no pictures next to them. */
async function holdsClasses(folder: string): Promise<boolean> {
  const { folders, files } = await folderContent(folder);
  return folders.length > 0 && !files.some(isPictureName);
}

/** The folder that holds the classes or parts: an archive often unpacks to a folder in a folder. */
async function innermostFolder(folder: string, onNotice: OnNotice): Promise<string> {
  let inner = folder;
  for (;;) {
    const content = await contentOfNamed(inner, expected);
    requireFolders(inner, content);
    const { folders, files } = content;
    const [only, ...others] = folders;
    if (only === undefined || others.length > 0 || files.some(isPictureName)) break;
    const next = path.join(inner, only);
    if (!(await holdsClasses(next))) break;
    inner = next;
  }
  if (inner !== folder)
    onNotice(`${folder}: holds nothing but ${path.relative(folder, inner)}, whose sub-folders are taken.`);
  return inner;
}

/** Names of the folders that are a training part and others to test on: those that only differ in that word. */
function pairs(folders: readonly string[]): { training: string; others: string[] }[] {
  const named = folders.flatMap((name) => ({ name, ...partName(name) }));
  const ofKind = (kind: PartKind, rest: string | undefined) =>
    named.filter((one) => one.kind === kind && one.rest === rest).map(({ name }) => name);
  return named
    .filter(({ kind }) => kind === 'training')
    .map(({ name, rest }) => ({ training: name, others: [...ofKind('test', rest), ...ofKind('validation', rest)] }))
    .filter(({ others }) => others.length > 0);
}

/**
 * The one training part of a folder that has no other to test on: `train` beside `unlabeled`. Every other folder has to be known as no
 * class, by its name or for want of pictures: `train` may be a class beside `bus`.
 */
async function singleTrainingPart(root: string, folders: readonly string[]): Promise<string | undefined> {
  const [only, second] = folders.filter((name) => partName(name)?.kind === 'training');
  if (only === undefined || second !== undefined || !(await holdsClasses(path.join(root, only)))) return undefined;
  for (const name of folders) {
    if (name === only || partName(name)?.kind === 'other') continue;
    const { folders: own, files } = await folderContent(path.join(root, name));
    if (own.length > 0 || (files.some(isPictureName) && partName(name) === undefined)) return undefined;
  }
  return only;
}

/** See the package's `folderParts`. */
export async function folderParts(
  folder: string,
  { onNotice = () => {} }: ImageFolderOptions = {},
): Promise<FolderParts> {
  const root = await innermostFolder(folder, onNotice);
  const { folders } = await contentOfNamed(root, expected);
  const [pair, second] = pairs(folders);
  if (!pair) {
    const only = await singleTrainingPart(root, folders);
    if (only === undefined) return { training: root };
    onNotice(`${root}: trains on ${only}; ${folders.filter((name) => name !== only).join(', ')} left out.`);
    return { training: await innermostFolder(path.join(root, only), onNotice) };
  }
  if (second)
    throw new ZooError(
      'data',
      `${root}: ${pair.training} and ${second.training} are both named as a training part. Keep one, or say which part is for training and which for testing: options training and test.`,
    );
  const training = await innermostFolder(path.join(root, pair.training), onNotice);
  for (const name of pair.others) {
    const test = await innermostFolder(path.join(root, name), onNotice);
    if ((await folderContent(test)).folders.length === 0) {
      onNotice(`${test}: has no sub-folders, so its pictures have no class, and are left out.`);
      continue;
    }
    const tried = pair.others.slice(0, pair.others.indexOf(name) + 1);
    const unused = folders.filter((one) => one !== pair.training && !tried.includes(one));
    if (unused.length > 0)
      onNotice(`${root}: trains on ${pair.training}, tests on ${name}; ${unused.join(', ')} left out.`);
    return { training, test };
  }
  return { training };
}
