import { ZooError } from '@zoo/core';
import { openForReading } from '@zoo/core/files';
import { obtainFiles } from '@zoo/fetch/packages';
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

/** The part of a file that is an example's. @throws ZooError `corrupt-file` for a file that has become shorter. */
export async function readSource({ file, name, range = { offset: 0, length: 0 } }: ExampleSource): Promise<Uint8Array> {
  const { offset, length } = range;
  if (typeof file !== 'string') return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
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
