import { ZooError } from '@zoo/core';
import { openFile } from '#files';
import type { ByteSource } from './byte-source.ts';
import type { OpenOptions } from './tensor-source.ts';
import { verified } from './verified.ts';

/** What lies in the memory of a page, or in the address itself: there is nothing to fetch twice. */
const isLocal = ({ protocol }: URL): boolean => protocol === 'blob:' || protocol === 'data:';

async function ofLocal(url: URL): Promise<ByteSource> {
  const name = `a ${url.protocol} address`;
  const response = await fetch(url).catch((cause: unknown) => {
    const why =
      url.protocol === 'blob:'
        ? 'Is it revoked? Pass the Blob itself'
        : 'Write it as data:application/octet-stream;base64,..., or pass the bytes';
    throw new ZooError('not-found', `${name}: cannot be read. ${why}.`, { cause });
  });
  return (await import('./of-response.ts')).ofResponse(response, name);
}

/**
 * A file by its address: one of the disk, or one of the web, which is fetched whole on first use and kept.
 *
 * @throws ZooError `not-found` or `network` when there is none, `corrupt-file` when it is not the file that its hash promises.
 */
export async function ofUrl(url: URL, options: OpenOptions, name?: string): Promise<ByteSource> {
  if (url.protocol === 'file:') return verified(await openFile(url, name), options);
  if (isLocal(url)) return verified(await ofLocal(url), options);
  // Loaded on demand: a page that only opens local files does not need the downloader.
  const { fetchFile } = await import('@zoo/fetch');
  return fetchFile(url, options);
}
