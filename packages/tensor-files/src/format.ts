import type { MeteredBytes } from './meter.ts';
import type { OpenSibling } from './sources/byte-source.ts';
import type { StatedNetwork } from './stated-network.ts';
import type { NamedTensor, StoredTensor } from './tensor.ts';

/** The part of a file from which its format is detected. */
export interface FileHead {
  /** Its first 64 bytes, or all. */
  start: Uint8Array;
  /** Names of its entries if it is a zip archive; otherwise none. */
  entries: readonly string[];
}

/** What a file holds. */
export interface Contents {
  /** In the order of the file, or of its directory. */
  tensors: ReadonlyMap<string, StoredTensor>;
  metadata: Readonly<Record<string, string>>;
  /** Other dictionaries of tensors in the same file, the most likely first. Default: none. */
  others?: readonly ReadonlyMap<string, StoredTensor>[];
  /** Paths of these dictionaries in the file, that of `tensors` first. */
  places?: readonly string[];
  /** Notes for the user, such as skipped objects: sentences without the file's name and a full stop. Default: none. */
  notes?: readonly string[];
  /** What the file says of the network. Left out where it says nothing. */
  network?: StatedNetwork;
}

/** Reads headers and directories of a file that is open, within its budget; elements are read when they are asked for. */
export type Read = (source: MeteredBytes, beside: OpenSibling) => Promise<Contents>;

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
  /** Whether a file has this format, by its content. Left out if the content cannot show it. */
  recognised?(glimpse: FileHead): boolean;
  read: Read;
  /** The files for these tensors, to be written in this order. Left out if tensors alone cannot be written. */
  files?(
    path: string,
    tensors: readonly NamedTensor[],
    texts: Readonly<Record<string, string>>,
  ): Promise<FileToWrite[]>;
}
