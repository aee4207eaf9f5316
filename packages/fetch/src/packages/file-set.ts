import type { PinnedFile } from './pinned-file.ts';
import type { Source } from './source.ts';

/** Files that belong together, such as those of a data set, and their sources. */
export interface FileSet {
  readonly title: string;
  /** Folder inside the cache. */
  readonly folder: string;
  readonly home: string;
  readonly files: readonly PinnedFile[];
  /** Tried in this order. */
  readonly sources: readonly Source[];
}
