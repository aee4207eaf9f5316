import { ZooError } from '@zoo/core';
import { openStore } from '#store';
import { transport } from '#transport';
import { type Downloaded, download } from './download.ts';
import { hasHashes, isPinned, requireHashes, requireHashForm } from './expected-hash.ts';
import type { FetchedFile, FetchFileOptions } from './fetch-options.ts';
import { isCacheable, isFresh } from './freshness.ts';
import { couldNotBeReached } from './network-error.ts';
import type { FileRecord } from './record.ts';
import type { CompleteFile, KeptFile } from './store.ts';

/** @throws ZooError `usage` for what is no address of the web. */
export function webAddress(address: string | URL): URL {
  const url = URL.canParse(String(address), transport.base()) ? new URL(address, transport.base()) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol)) return url;
  throw new ZooError('usage', `${address}: not an address of the web, expected http://... or https://...`);
}

/** What the caller gets of a file and its record. */
const described = ({ url, bytes, sha256, type }: FileRecord) => ({
  name: url,
  size: bytes,
  ...(sha256 !== undefined && { sha256 }),
  ...(type !== undefined && { type }),
});

async function keptFile({ record, open }: KeptFile): Promise<FetchedFile> {
  const { read, close } = await open();
  return { ...described(record), read, close, keep: async () => {} };
}

/**
 * A file of the web, whole. What was kept of it before is used without a word on the network while its hash is the one asked
 * for, or while its server's `Cache-Control` allows it; else the server is asked whether it still has the same file
 * (`ETag`, `Last-Modified`), and a new one is fetched. Where the network is away the kept one is used, with a notice.
 *
 * Nothing is kept before the caller says `keep()`, once it could open the file: a login page in place of weights is no file.
 * A download that breaks off goes on where it stopped, as long as the server vouches for it being the same file.
 *
 * In Node the requests take the proxy and the certificates of npm's settings and of `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`.
 * In a page relative addresses are relative to it, and what is kept lies in Cache Storage (pages with https or on localhost).
 *
 * @throws ZooError `network` when it cannot be fetched, `corrupt-file` when it is not what its hash promises, `disk` when
 *   the cache cannot be written, `interrupted` when the signal says so, `usage` for what is no address of the web, or no hash.
 */
export async function fetchFile(address: string | URL, options: FetchFileOptions = {}): Promise<FetchedFile> {
  const { onNotice = () => {}, signal } = options;
  const url = webAddress(address);
  requireHashForm(options);
  if (signal?.aborted) throw new ZooError('interrupted', `${url.href}: the download was stopped after 0 bytes.`);
  const store = await openStore(options);
  const kept = await store.find(url);
  if (kept && (isPinned(options) ? hasHashes(kept.record, options) : isFresh(kept.record))) return keptFile(kept);
  // A file with another hash than is asked for now: its server may have the right one by now.
  const known = isPinned(options) ? undefined : kept;
  const pending = await store.begin(url);
  let downloaded: Downloaded;
  try {
    downloaded = await download(url, pending, {
      ...options,
      transport,
      kept: known?.record,
      ...(known && { retries: { ...options.retries, attempts: 1 } }),
    });
  } catch (error) {
    await pending.discard();
    if (!known || !couldNotBeReached(error)) throw error;
    onNotice(`${error instanceof Error ? error.message : error} The file kept from before is used.`);
    return keptFile(known);
  }
  if (downloaded.unchanged && known) {
    await pending.discard();
    // It has come by the shortest way now, unless the answer says otherwise.
    const { age: _, ...record } = known.record;
    await known.note({ ...record, ...downloaded.responseHeaders, checked: Date.now() });
    return keptFile(known);
  }
  let whole: CompleteFile | undefined;
  try {
    whole = await pending.finish(options);
    const { bytes, hashes, keep } = whole;
    requireHashes(url.href, downloaded.bytes, hashes, options);
    const { sha256, sha1 } = hashes;
    const record: FileRecord = {
      ...{
        url: url.href,
        bytes: downloaded.bytes,
        ...(sha256 !== undefined && { sha256 }),
        ...(sha1 !== undefined && { sha1 }),
      },
      ...{ ...downloaded.responseHeaders, checked: Date.now() },
    };
    let isKept = !isCacheable(downloaded.responseHeaders);
    return {
      ...described(record),
      read: bytes.read,
      async keep() {
        if (isKept) return;
        isKept = true;
        await keep(record);
      },
      async close() {
        await bytes.close();
        await pending.discard();
      },
    };
  } catch (error) {
    await whole?.bytes.close();
    await pending.discard();
    throw error;
  }
}
