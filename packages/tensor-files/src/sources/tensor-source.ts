import type { OnProgress } from '@zoo/core';

/** One file to be read. */
export type FileSource = string | URL | Response | Blob | Uint8Array | ArrayBuffer;

/**
 * What tensors can be read from: a path (Node), an address, in a page also a relative one, an answer of `fetch`, a Blob or File, a
 * file's bytes, or several Files, of which one is a model.json and the others are its shards.
 */
export type TensorSource = FileSource | Iterable<File>;

/** How a source is opened. */
export interface OpenOptions {
  /** What the file's SHA-256 must be, 64 hexadecimal digits. Default: anything. */
  sha256?: string;
  /** What the file's SHA-1 must be, 40 hexadecimal digits: older files are published with that. Default: anything. */
  sha1?: string;
  /** Where fetched files are kept (Node): `false` keeps them only until they are closed. Default: the zoo's cache folder. */
  cache?: string | false;
  /** Hears of a download by address. */
  onProgress?: OnProgress;
  /** Ends a download by address. */
  signal?: AbortSignal;
}
