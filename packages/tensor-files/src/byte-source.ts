import type { OnProgress } from '@zoo/core';
import type { Bytes } from './bytes.ts';
import { ofBlob } from './sources/of-blob.ts';
import { ofBytes } from './sources/of-bytes.ts';
import { ofFile } from './sources/of-file.ts';
import { ofUrl } from './sources/of-url.ts';

/** What a checkpoint can be read from: a path (Node), a URL, a Blob or File (browser), or its bytes. */
export type WeightsSource = string | URL | Blob | Uint8Array | ArrayBuffer;

/** How a URL is fetched. Nothing of this matters for what is here already. */
export interface OpenOptions {
  /** What the file's SHA-256 must be, 64 hexadecimal digits. Default: anything. */
  sha256?: string;
  /** What the file's SHA-1 must be, 40 hexadecimal digits: older files are published with that. Default: anything. */
  sha1?: string;
  /** Where fetched files are kept (Node): `false` keeps them only until they are closed. Default: the zoo's cache folder. */
  cache?: string | false;
  /** Hears of the download. */
  onProgress?: OnProgress;
  /** Ends the download. */
  signal?: AbortSignal;
}

/** What a checkpoint is read from. */
export interface ByteSource extends Bytes {
  /** For messages. */
  name: string;
  /** Of all bytes, in hexadecimal digits, where it was worked out when they were fetched. */
  sha256?: string;
  close(): Promise<void>;
}

/** The address that a text is, or undefined when it is a path. */
export const asUrl = (source: WeightsSource): URL | undefined => {
  if (source instanceof URL) return source;
  return typeof source === 'string' && /^(?:https?|file):\/\//i.test(source) ? new URL(source) : undefined;
};

/** @throws ZooError `not-found` or `network` when there is nothing to read, `corrupt-file` when it is not what was expected. */
export async function openBytes(source: WeightsSource, options: OpenOptions = {}): Promise<ByteSource> {
  if (source instanceof Uint8Array) return ofBytes(source);
  if (source instanceof ArrayBuffer) return ofBytes(new Uint8Array(source));
  if (source instanceof Blob) return ofBlob(source);
  const url = asUrl(source);
  if (url?.protocol === 'file:') return ofFile((await import('node:url')).fileURLToPath(url));
  return url ? ofUrl(url, options) : ofFile(String(source));
}
