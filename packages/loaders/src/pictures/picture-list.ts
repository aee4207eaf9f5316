/** Pictures found in a folder. */
export interface PictureList {
  /** Paths, sorted the same way on every machine. */
  readonly pictures: readonly string[];
  /** How many files of each ending (`.heic`) are no pictures that can be decoded. */
  readonly leftOut: ReadonlyMap<string, number>;
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

/** A line about files that were left out, or nothing where there were none. */
export function leftOutNotice(folder: string, leftOut: ReadonlyMap<string, number>): string | undefined {
  const count = Array.from(leftOut.values()).reduce((sum, one) => sum + one, 0);
  if (count === 0) return undefined;
  const files =
    count === 1
      ? '1 file is no picture that can be read, and is'
      : `${count} files are no pictures that can be read, and are`;
  return `${folder}: ${files} left out: ${leftOutCounts(leftOut)}.`;
}
