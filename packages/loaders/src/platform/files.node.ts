import { obtainFiles } from '@zoo/fetch/packages';
import type { FetchOptions } from '../fetch-options.ts';
import { sourcesOf } from '../node/sources.ts';
import type { CanonicalFiles } from '../sets/canonical-files.ts';
import { fetchCanonical } from '../sets/fetch-canonical.ts';

export { folderParts } from '../node/folder-parts.ts';
export { folderShards } from '../node/folder-shards.ts';
export { imageFolder, imageFolders } from '../node/image-folder.ts';
export { listPictures } from '../node/list-pictures.ts';

/** The files of a set: from the cache, else from the address that the caller gives, else from the set's sources. */
export const obtain = (set: CanonicalFiles, options: FetchOptions): Promise<Map<string, Uint8Array>> =>
  options.files === undefined
    ? obtainFiles({ ...set, sources: sourcesOf(set) }, options)
    : fetchCanonical(set, options.files, options);
export { openShard } from '../node/open-shard.ts';
