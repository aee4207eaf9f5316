import { readFileSync, statSync } from 'node:fs';
import { ZooError } from '@zoo/core';
import { openForReading } from '@zoo/core/files';
import { obtainFiles } from '@zoo/fetch/packages';
import { readAddress } from '#pictures';
import type { FetchOptions } from '../fetch-options.ts';
import { sourcesOf } from '../node/sources.ts';
import type { ExampleSource } from '../pool/example-source.ts';
import type { CanonicalFiles } from '../sets/canonical-files.ts';
import { fetchCanonical } from '../sets/fetch-canonical.ts';

export { folderParts } from '../node/folder-parts.ts';
export { imageFolder, imageFolders } from '../node/image-folder.ts';
export { listPictures } from '../node/list-pictures.ts';

/** The files of a set: from the cache, else from the address that the caller gives, else from the set's sources. */
export const obtain = (set: CanonicalFiles, options: FetchOptions): Promise<Map<string, Uint8Array>> =>
  options.files === undefined
    ? obtainFiles({ ...set, sources: sourcesOf(set) }, options)
    : fetchCanonical(set, options.files, options);

/** All of a local file at once: a worker has nothing else to do, and Node takes longer to hand it on between its threads. */
function readAtOnce(path: string): Uint8Array | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes of an example's file, or of its part. @throws ZooError `corrupt-file` for a file that has become shorter. */
export async function readSource({ file, name, range }: ExampleSource): Promise<Uint8Array> {
  if (typeof file !== 'string') {
    const part = range ? file.slice(range.offset, range.offset + range.length) : file;
    return new Uint8Array(await part.arrayBuffer());
  }
  // What cannot be read that way gives its reason the other way.
  if (!range) return readAtOnce(file) ?? readAddress(file);
  const { offset, length } = range;
  const { handle } = await openForReading(file, file, 'the file of a picture');
  try {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, offset);
    if (bytesRead < length)
      throw new ZooError('corrupt-file', `${name}: ${file} ends before it, at byte ${offset + bytesRead}; replace it.`);
    return bytes;
  } finally {
    await handle.close();
  }
}
