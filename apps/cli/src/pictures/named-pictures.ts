import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { leftOutNotice, listPictures, unreadableNotice } from '@zoo/loaders';
import { isWebAddress } from '../web-address.ts';
import { isPattern, matchingPictures } from './glob.ts';

/** What stands for the picture that comes on standard input. */
export const standardInput = '-';

/** A picture's name for people to read; scripts get it as it was given. */
export const shownName = (name: string): string => (name === standardInput ? 'standard input' : name);

/** A picture as somebody named it, alone or with others of a folder. */
export interface NamedPicture {
  /** A path, an address, or `-`. */
  readonly name: string;
  /** Names of the folders around it: those below the folder that was named, outermost first, and at last that one. */
  readonly folders: readonly string[];
  /** The first of those below the folder that was named, where there are some. */
  readonly subFolder?: string;
}

function inFolder(root: string, file: string): NamedPicture {
  const below = path.dirname(path.relative(root, file)).split(path.sep);
  const inner = below[0] === '.' ? [] : below;
  const [subFolder] = inner;
  return {
    name: file,
    folders: [...inner, path.basename(path.resolve(root))],
    ...(subFolder !== undefined && { subFolder }),
  };
}

/**
 * Finds out before a backend starts whether the pictures that somebody named are there.
 *
 * @throws ZooError `not-found` for the first that is not; `usage` for standard input that is taken twice, or is a keyboard.
 */
export function requirePictures(given: readonly string[]): void {
  if (given.filter((one) => one === standardInput).length > 1)
    throw new ZooError('usage', `${standardInput}: standard input holds one picture, not several. Name it once.`);
  if (given.includes(standardInput) && process.stdin.isTTY)
    throw new ZooError(
      'usage',
      `${standardInput}: standard input is a terminal. Redirect a picture to it: < my-cat.jpg.`,
    );
  const missing = given.find(
    (one) => one !== standardInput && !isWebAddress(one) && !existsSync(one) && !isPattern(one),
  );
  if (missing !== undefined)
    throw new ZooError(
      'not-found',
      `${missing}: no such file or folder, expected a picture, a folder of pictures, an address or a pattern.`,
    );
}

async function picturesOf(given: string, onNotice: (line: string) => void): Promise<NamedPicture[]> {
  if (given === standardInput) return [{ name: given, folders: [] }];
  if (isWebAddress(given)) return [{ name: given, folders: [] }];
  const kind = await stat(given).catch(() => undefined);
  if (!kind && isPattern(given)) {
    const { root, pictures } = await matchingPictures(given);
    if (pictures.length === 0)
      throw new ZooError('not-found', `${given}: no picture has a name of that pattern. Choose another one.`);
    return pictures.map((file) => inFolder(root, file));
  }
  if (!kind?.isDirectory()) return [inFolder(path.dirname(given), given)];
  const { pictures, leftOut, unreadable } = await listPictures(given);
  for (const notice of [leftOutNotice(given, leftOut), unreadableNotice(given, unreadable)])
    if (notice) onNotice(notice);
  if (pictures.length === 0)
    throw new ZooError('not-found', `${given}: has no pictures. Choose another folder, or a picture.`);
  return pictures.map((file) => inFolder(given, file));
}

/**
 * Pictures as given: files, addresses, standard input, all pictures in a folder and its sub-folders, and those of a pattern.
 *
 * @param onNotice Gets a line about files of a folder that are no pictures.
 * @throws ZooError `not-found` for a folder or a pattern without pictures.
 */
export async function namedPictures(
  given: readonly string[],
  onNotice: (line: string) => void,
): Promise<NamedPicture[]> {
  const pictures: NamedPicture[] = [];
  for (const one of given) pictures.push(...(await picturesOf(one, onNotice)));
  return pictures;
}
