import { ZooError } from '@zoo/core';
import { readAddress } from '#pictures';
import type { Dataset } from '../dataset.ts';
import type { FetchOptions } from '../fetch-options.ts';
import type { FolderParts, FolderSets } from '../folder-options.ts';
import type { PictureList } from '../pictures/picture-list.ts';
import type { ExampleSource } from '../pool/example-source.ts';
import type { CanonicalFiles } from '../sets/canonical-files.ts';
import { fetchCanonical } from '../sets/fetch-canonical.ts';

/** The files of a set, from the address that the caller gives. */
export async function obtain(set: CanonicalFiles, options: FetchOptions): Promise<Map<string, Uint8Array>> {
  if (options.files !== undefined) return fetchCanonical(set, options.files, options);
  throw new ZooError(
    'usage',
    `${set.title}: a page cannot unpack its archives. Serve ${set.files.map(({ name }) => name).join(', ')} ` +
      `(Node keeps them in the folder ${set.folder} of its cache) and give their address: option files.`,
  );
}

const needsFolders = (name: string) => async (): Promise<never> => {
  throw new ZooError(
    'usage',
    `${name}: a page has no folders. Decode pictures with decodeImage(file) or pictureOf(source), and give them to inMemory().`,
  );
};

export const imageFolder: () => Promise<Dataset> = needsFolders('imageFolder');
export const imageFolders: () => Promise<FolderSets> = needsFolders('imageFolders');
export const listPictures: () => Promise<PictureList> = needsFolders('listPictures');
export const folderParts: () => Promise<FolderParts> = needsFolders('folderParts');

/** The bytes of an example's file, or of its part. */
export async function readSource({ file, name, range }: ExampleSource): Promise<Uint8Array> {
  if (typeof file !== 'string') {
    const part = range ? file.slice(range.offset, range.offset + range.length) : file;
    return new Uint8Array(await part.arrayBuffer());
  }
  if (range) throw new ZooError('usage', `${name}: a page reads parts of a Blob or File, expected one.`);
  return readAddress(file);
}
