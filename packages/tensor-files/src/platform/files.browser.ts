import { ZooError } from '@zoo/core';
import type { FileToWrite } from '../format.ts';
import type { ByteSource } from '../sources/byte-source.ts';

/** The base of relative URLs: that of the page, or of the worker. */
const base = (): string | undefined => globalThis.document?.baseURI ?? globalThis.location?.href;

/** A text as a URL, relative to the page. */
export function addressOf(text: string): URL {
  try {
    return new URL(text, base());
  } catch (error) {
    throw new ZooError('usage', `${text}: is no address. Give a whole one, as in https://example.com/a.pth.`, {
      cause: error,
    });
  }
}

/** @throws ZooError `usage`: a page can only read files that its user selects. */
export async function openFile(url: URL, name: string = url.href): Promise<ByteSource> {
  throw new ZooError(
    'usage',
    `${name}: a page cannot open files of the disk. Let the user choose it, and pass the File.`,
  );
}

/** @throws ZooError `usage`, as `openFile`. */
export async function writeFiles(files: readonly FileToWrite[]): Promise<string[]> {
  throw new ZooError(
    'usage',
    `${files[0]?.path ?? 'no file'}: a page cannot write to the disk. Make a Blob of the bytes, and let the user save that.`,
  );
}
