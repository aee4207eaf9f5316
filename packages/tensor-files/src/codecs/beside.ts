import { ZooError } from '@zoo/core';
import { asUrl, type ByteSource, type OpenOptions, openBytes, type WeightsSource } from '../byte-source.ts';

/** Opens a file that lies in the same folder as another, or in a folder below, by its relative path. */
export type Beside = (relative: string) => Promise<ByteSource>;

/** Paths of a hostile file may lead anywhere: only ones that go down are followed. */
function checkPath(relative: string, place: string): void {
  const parts = relative.split('/');
  if (
    /[\\\0]|^[a-z][a-z0-9+.-]*:/i.test(relative) ||
    parts.some((part) => part === '' || part === '.' || part === '..')
  )
    throw new ZooError(
      'corrupt-file',
      `${place}: names the file ${JSON.stringify(relative.slice(0, 120))}, which may lie outside its folder, so it is not opened. Name files beside it.`,
    );
}

const placeOf = (source: WeightsSource): string => {
  if (source instanceof File) return source.name;
  return typeof source === 'string' || source instanceof URL ? String(source) : 'bytes in memory';
};

/** What lies beside a source. Of Files, the one of the name, wherever it was dropped from. */
export function besideOf(
  source: WeightsSource,
  others: readonly File[] = [],
  { sha256: _ofTheFirst, sha1: _too, ...options }: OpenOptions = {},
): Beside {
  const place = placeOf(source);
  const url = asUrl(source);
  return async (relative) => {
    checkPath(relative, place);
    if (url) return openBytes(new URL(relative.split('/').map(encodeURIComponent).join('/'), url), options);
    if (typeof source === 'string') {
      const path = await import('node:path');
      return openBytes(path.join(path.dirname(source), relative));
    }
    const other = others.find(({ name }) => name === relative.split('/').at(-1));
    if (other) return openBytes(other);
    throw new ZooError(
      'not-found',
      `${place}: needs ${relative.slice(0, 120)}, which is not among the files given. Give it together with its files.`,
    );
  };
}
