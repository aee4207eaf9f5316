import { rm } from 'node:fs/promises';
import type { OnProgress } from '@zoo/core';
import { networkError, requestOptions, withinPatience } from './download.ts';
import { type NpmPackage, npmTarball } from './npm-package.ts';
import { usualPatience } from './source.ts';

export interface UnpackOptions {
  /** An existing folder to unpack into. */
  folder: string;
  /** Which files, by their path inside of the package. Default: all. */
  wanted?: (file: string) => boolean;
  signal?: AbortSignal;
  onProgress?: OnProgress;
}

const never = new AbortController().signal;

/**
 * Fetches a pinned package of the npm registry, with the user's npm settings, and unpacks it.
 * What could leave the folder is not unpacked.
 *
 * @throws ZooError `network` when it cannot be had, or is not the expected one.
 */
export async function unpackNpmPackage(pinned: NpmPackage, options: UnpackOptions): Promise<void> {
  const { folder, wanted = () => true, signal = never, onProgress = () => {} } = options;
  const file = await npmTarball(pinned, { workFolder: folder, signal, onProgress, patience: usualPatience });
  const tar = await import('tar');
  await tar.extract({
    file,
    cwd: folder,
    strip: 1,
    strict: true,
    filter: (entry) => wanted(entry.replace(/^[^/]*\//, '')),
  });
  await rm(file);
}

/**
 * Fetches a tarball from any address, with the user's proxy and certificates, and unpacks it as it comes.
 * Nothing is known about its bytes beforehand: whoever uses it has to try it.
 *
 * @throws ZooError `network` when it cannot be had.
 */
export async function unpackTarball(url: string, options: UnpackOptions): Promise<void> {
  const { folder, signal = never, onProgress = () => {} } = options;
  const [{ default: pacote }, tar] = await Promise.all([import('pacote'), import('tar')]);
  const task = `download ${new URL(url).pathname.split('/').at(-1)}`;
  let done = 0;
  let arrived = () => {};
  const firstByte = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const transfer = pacote.tarball.stream(
    url,
    (stream) =>
      new Promise<void>((resolve, reject) => {
        stream.on('data', (piece: Uint8Array) => {
          arrived();
          done += piece.length;
          onProgress({ task, done, unit: 'bytes' });
        });
        stream.on('error', reject);
        stream
          .pipe(tar.extract({ cwd: folder, strict: true }))
          .on('finish', resolve)
          .on('error', reject);
      }),
    await requestOptions(either),
  );
  try {
    await withinPatience({ signal, patience: usualPatience }, () => Promise.race([firstByte, transfer]));
    await transfer;
  } catch (error) {
    stop.abort();
    await transfer.catch(() => {});
    signal.throwIfAborted();
    throw networkError(error, `after ${done} bytes`);
  }
}
