import { ZooError } from '@zoo/core';
import type { Dataset } from '../dataset.ts';
import type { FetchOptions } from '../fetch-options.ts';
import type { FolderParts, FolderSets, FolderShards } from '../folder-options.ts';
import type { PictureList } from '../pictures/picture-list.ts';
import type { CanonicalFiles } from '../sets/canonical-files.ts';
import { fetchCanonical } from '../sets/fetch-canonical.ts';
import { openBlobShard } from '../web-dataset/open-blob-shard.ts';
import type { Shard } from '../web-dataset/shard.ts';

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
export const folderShards: () => Promise<FolderShards> = needsFolders('folderShards');

/** A shard that the page has as a Blob or File. @throws ZooError `usage` for an address. */
export async function openShard(file: string | Blob, nameless: string): Promise<Shard> {
  if (typeof file !== 'string') return openBlobShard(file, nameless);
  throw new ZooError(
    'usage',
    `webDataset: ${file} is an address or a path, and a page reads shards from Blobs and Files. Fetch it first: await (await fetch(address)).blob().`,
  );
}
