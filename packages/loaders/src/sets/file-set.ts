import type { Source } from '../node/source.ts';
import type { PinnedFile } from './pinned-file.ts';

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
