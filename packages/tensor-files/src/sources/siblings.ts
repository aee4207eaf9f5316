import { ZooError } from '@zoo/core';
import type { MeteredBytes } from '../meter.ts';
import type { OpenSibling } from './byte-source.ts';
import type { FileSource } from './tensor-source.ts';

/** Paths in a hostile file may lead anywhere: only paths that descend are followed. */
function checkPath(relative: string, place: string): void {
  const parts = relative.split('/');
  // Half of a character that takes two units of UTF-16 has no bytes, so no file has it in its name.
  if (/\p{Surrogate}/u.test(relative))
    throw new ZooError(
      'corrupt-file',
      `${place}: names the file ${JSON.stringify(relative.slice(0, 120))}, which is no text that a file can be called. Write the file again.`,
    );
  if (
    /[\\\0]|^[a-z][a-z0-9+.-]*:/i.test(relative) ||
    parts.some((part) => part === '' || part === '.' || part === '..')
  )
    throw new ZooError(
      'corrupt-file',
      `${place}: names the file ${JSON.stringify(relative.slice(0, 120))}, which may lie outside its folder, so it is not opened. Name files beside it.`,
    );
}

/** A URL that can have siblings: `blob:` and `data:` URLs cannot. */
const hasFolder = (url: URL | undefined): url is URL => url !== undefined && /^(?:https?|file):$/.test(url.protocol);

/**
 * The siblings of a source: next to its URL, or among the Files that were passed with it.
 *
 * @param open Opens the file that is found, once: however often it is named, it is one file.
 */
export function siblingsOf(
  place: string,
  url: URL | undefined,
  others: readonly File[],
  open: (source: FileSource) => Promise<MeteredBytes>,
): OpenSibling {
  const opened = new Map<string, Promise<MeteredBytes>>();
  const find = async (relative: string): Promise<MeteredBytes> => {
    checkPath(relative, place);
    if (hasFolder(url)) return open(new URL(relative.split('/').map(encodeURIComponent).join('/'), url));
    const other = others.find(({ name }) => name === relative.split('/').at(-1));
    if (other) return open(other);
    throw new ZooError(
      'not-found',
      `${place}: needs ${relative.slice(0, 120)}, which is not among the files passed. Pass it together with its files.`,
    );
  };
  return (relative) => {
    const file = opened.get(relative) ?? find(relative);
    opened.set(relative, file);
    return file;
  };
}
