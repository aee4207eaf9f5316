import type { ByteSource } from './byte-source.ts';
import { type DownloadOptions, download } from './download.ts';
import { requireHashes } from './expected-hash.ts';
import { ofBlob } from './of-blob.ts';
import type { OpenOptions } from './tensor-source.ts';

const hexOf = (digest: ArrayBuffer): string =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Hashes of what was fetched; one that nobody asks about is not worked out. */
async function check(name: string, blob: Blob, expected: OpenOptions): Promise<void> {
  if (expected.sha256 === undefined && expected.sha1 === undefined) return;
  const bytes = await blob.arrayBuffer();
  const hash = async (algorithm: 'SHA-256' | 'SHA-1') => hexOf(await crypto.subtle.digest(algorithm, bytes));
  requireHashes(name, blob.size, { sha256: await hash('SHA-256'), sha1: await hash('SHA-1') }, expected);
}

/**
 * A file of the web as a Blob, kept in the browser's Cache Storage under `zoo-weights`. Pages that have none (without https) fetch
 * it each time. The Blob of a kept file lies on the disk, and only what is read of it comes into memory.
 */
export async function cachedInBrowser(url: URL, options: OpenOptions & DownloadOptions): Promise<ByteSource> {
  const storage =
    options.cache === false || typeof caches === 'undefined' ? undefined : await caches.open('zoo-weights');
  const kept = await storage?.match(url.href);
  if (kept) {
    const blob = await kept.blob();
    await check(url.href, blob, options);
    return ofBlob(blob, url.href);
  }
  let pieces: Blob[] = [];
  await download(
    url,
    {
      write: (bytes) => void pieces.push(new Blob([bytes.slice()])),
      restart() {
        pieces = [];
      },
    },
    options,
  );
  const blob = new Blob(pieces);
  await check(url.href, blob, options);
  // A full disk is no reason to do without the weights.
  await storage?.put(url.href, new Response(blob)).catch(() => {});
  return ofBlob(blob, url.href);
}
