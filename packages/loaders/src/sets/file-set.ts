import type { Source } from '../node/source.ts';

/** A file of a data set in the one form that is ever kept and read. */
export interface PinnedFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** A data set as files: what they are, and where they can be had. */
export interface FileSet {
  readonly title: string;
  /** Folder inside the cache. */
  readonly folder: string;
  readonly home: string;
  readonly files: readonly PinnedFile[];
  /** Tried in this order. */
  readonly sources: readonly Source[];
}
