import { printableName } from '@zoo/core';
import { isHeicEnding, jpegOfHeic } from './jpeg-of-heic.ts';

/** Why an entry of a folder cannot be read. */
export type UnreadableReason =
  | 'broken link'
  | 'name that is not UTF-8'
  | 'link to a folder that it is in'
  | 'not to be read';

/** An entry of a folder that cannot be read. */
export interface UnreadableEntry {
  /** Its path in the folder, with `/`. */
  readonly name: string;
  readonly why: UnreadableReason;
}

/** Pictures found in a folder. */
export interface PictureList {
  /** Paths, sorted the same way on every machine. */
  readonly pictures: readonly string[];
  /** How many files of each extension (`.heic`) are no pictures that can be decoded. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** Files and folders that exist but cannot be read, such as broken links. */
  readonly unreadable: readonly UnreadableEntry[];
}

export interface ListPicturesOptions {
  /** Whether pictures of sub-folders are taken too. Default true. */
  deep?: boolean;
}

/** `15 .heic, 1 .txt`. */
export const leftOutCounts = (leftOut: ReadonlyMap<string, number>): string =>
  Array.from(leftOut)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([ending, count]) => `${count} ${ending}`)
    .join(', ');

/** A line about files that were left out; undefined if there are none. */
export function leftOutNotice(folder: string, leftOut: ReadonlyMap<string, number>): string | undefined {
  const count = Array.from(leftOut.values()).reduce((sum, one) => sum + one, 0);
  if (count === 0) return undefined;
  const files =
    count === 1
      ? '1 file is no picture that can be read, and is'
      : `${count} files are no pictures that can be read, and are`;
  const heic = Array.from(leftOut.keys()).find(isHeicEnding);
  const remedy = heic === undefined ? '' : ` To have ${heic} read, ${jpegOfHeic}.`;
  return `${folder}: ${files} left out: ${leftOutCounts(leftOut)}.${remedy}`;
}

const reasonText: Readonly<Record<UnreadableReason, readonly [one: string, several: string]>> = {
  'broken link': ['broken link', 'broken links'],
  'name that is not UTF-8': ['name that is not UTF-8', 'names that are not UTF-8'],
  'link to a folder that it is in': ['link to a folder that it is in', 'links to folders that they are in'],
  'not to be read': ['file or folder that cannot be read', 'files or folders that cannot be read'],
};
const maxNamed = 5;

/** A line about unreadable files and folders; undefined if there are none. */
export function unreadableNotice(folder: string, unreadable: readonly UnreadableEntry[]): string | undefined {
  if (unreadable.length === 0) return undefined;
  const groups = Array.from(new Set(unreadable.map(({ why }) => why)), (why) => {
    const names = unreadable.filter((one) => one.why === why).map(({ name }) => name);
    const shown = names.slice(0, maxNamed).map(printableName).join(', ') + (names.length > maxNamed ? ', ...' : '');
    return `${names.length} ${reasonText[why][names.length === 1 ? 0 : 1]} (${shown})`;
  });
  return `${folder}: left out: ${groups.join(', ')}.`;
}
