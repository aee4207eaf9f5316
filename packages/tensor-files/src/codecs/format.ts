import type { ByteSource } from '../byte-source.ts';
import type { NamedTensor, TensorFile } from '../tensor.ts';
import type { Beside } from './beside.ts';

/** What is seen of a file before it is known what it is. */
export interface Glimpse {
  /** Its first 64 bytes, or all. */
  start: Uint8Array;
  /** Names of its entries, where it is a zip archive; otherwise none. */
  entries: readonly string[];
}

/** A file that is to be written, a piece at a time. */
export interface FileToWrite {
  path: string;
  bytes(): AsyncIterable<Uint8Array>;
}

/** A kind of file that tensors are kept in: a row of the table in formats.ts. */
export interface Format {
  name: string;
  /** Of file names, in small letters. The first is the usual one. */
  endings: readonly string[];
  /** Whether a file's content shows that it is one. Left out where nothing in the content does. */
  recognised?(glimpse: Glimpse): boolean;
  /** Reads headers and directories; numbers are read when they are asked for. */
  open(source: ByteSource, beside: Beside): Promise<TensorFile>;
  /** The files that take these tensors, to be written in this order. Left out where a format is read only. */
  files?(path: string, tensors: readonly NamedTensor[], texts: Readonly<Record<string, string>>): FileToWrite[];
}
