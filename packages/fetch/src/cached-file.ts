import { openStore } from '#store';
import { hasHashes, isPinned } from './expected-hash.ts';
import { webAddress } from './fetch-file.ts';
import type { FetchFileOptions } from './fetch-options.ts';

/** A file that is in the cache. */
export interface CachedFile {
  bytes: number;
}

/**
 * What the cache has of an address, without asking its server: undefined where there is nothing, or another file than the hash names.
 * In Node the hash of a cached file is computed, once per process.
 *
 * @throws ZooError `usage` for what is no address of the web.
 */
export async function cachedFile(
  address: string | URL,
  options: Pick<FetchFileOptions, 'cache' | 'sha256' | 'sha1' | 'onNotice'> = {},
): Promise<CachedFile | undefined> {
  const kept = await (await openStore(options)).find(webAddress(address));
  if (!kept || (isPinned(options) && !hasHashes(kept.record, options))) return undefined;
  return { bytes: kept.record.bytes };
}
