import { ZooError } from '@zoo/core';
import type { Hashes } from '../expected-hash.ts';
import type { FetchFileOptions } from '../fetch-options.ts';
import { type FileRecord, parseFileRecord } from '../record.ts';
import type { Bytes, KeptFile, Store } from '../store.ts';

/** Header of a kept answer that holds its record. */
const recordHeader = 'x-zoo-record';

const bytesOf = (blob: Blob): Bytes => ({
  size: blob.size,
  async read(offset, length, into) {
    const bytes = new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    if (!into) return bytes;
    into.set(bytes);
    return into;
  },
  close: async () => {},
});

const hexOf = (digest: ArrayBuffer): string =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Computes only the hashes that are asked for. */
async function hashesOf(blob: Blob, asked: Hashes): Promise<Hashes> {
  const wanted = { 'SHA-256': asked.sha256, 'SHA-1': asked.sha1 };
  if (wanted['SHA-256'] === undefined && wanted['SHA-1'] === undefined) return {};
  if (!globalThis.crypto?.subtle)
    throw new ZooError(
      'usage',
      'The hash of a file cannot be checked in this page: it has neither https nor localhost. Serve it by https, or leave out sha256.',
    );
  const bytes = await blob.arrayBuffer();
  const hash = async (name: keyof typeof wanted) =>
    wanted[name] === undefined ? undefined : hexOf(await crypto.subtle.digest(name, bytes));
  return { sha256: await hash('SHA-256'), sha1: await hash('SHA-1') };
}

const recordOf = (response: Response): FileRecord | undefined => {
  try {
    return parseFileRecord(JSON.parse(decodeURIComponent(response.headers.get(recordHeader) ?? '')), recordHeader);
  } catch {
    // Kept by something else, or by an earlier version: it is fetched anew.
    return undefined;
  }
};

const noCache = 'Nothing that is fetched can be kept in this page';

/** Even asking whether there is a Cache Storage throws in a frame that may have none. */
async function openCache(name: string): Promise<Cache | undefined> {
  return typeof caches === 'undefined' ? undefined : caches.open(name);
}

/**
 * Cache Storage, under the file's address. Pages that have none (neither https nor localhost), may not use it, or
 * cannot read what is kept, fetch a file each time. The Blob
 * of a kept file lies on the disk, and only what is read of it comes into memory.
 */
export async function openStore({ cache = 'zoo', onNotice = () => {} }: FetchFileOptions): Promise<Store> {
  const noticed = (what: string, error: unknown): undefined => {
    onNotice(`${what}, ${error instanceof Error ? error.message : error}.`);
  };
  const storage = cache === false ? undefined : await openCache(cache).catch((error) => noticed(noCache, error));

  async function put(blob: Blob, record: FileRecord): Promise<void> {
    const headers = { [recordHeader]: encodeURIComponent(JSON.stringify(record)) };
    // A full disk is no reason to do without the file.
    await storage
      ?.put(record.url, new Response(blob, { headers }))
      .catch((error: unknown) => noticed(`${record.url}: cannot be kept`, error));
  }

  async function find(url: URL): Promise<KeptFile | undefined> {
    const response = await storage?.match(url.href);
    const record = response && recordOf(response);
    if (!response || !record) return undefined;
    const blob = await response.blob();
    if (blob.size !== record.bytes) return undefined;
    return { record, open: async () => bytesOf(blob), note: (changed) => put(blob, changed) };
  }

  return {
    find: (url) => find(url).catch((error) => noticed(`${url.href}: what is kept of it cannot be read`, error)),
    async begin() {
      let pieces: Blob[] = [];
      return {
        write: (bytes) => void pieces.push(new Blob([bytes.slice()])),
        restart() {
          pieces = [];
        },
        async finish(asked) {
          const blob = new Blob(pieces);
          return { bytes: bytesOf(blob), hashes: await hashesOf(blob, asked), keep: (record) => put(blob, record) };
        },
        async discard() {
          pieces = [];
        },
      };
    },
  };
}
