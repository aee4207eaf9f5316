/** A file of a data set. */
export interface DatasetFile {
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** A data set as the files that are cached and read, whatever their source. */
export interface CanonicalFiles {
  readonly title: string;
  /** Folder inside the cache. */
  readonly folder: string;
  readonly home: string;
  readonly files: readonly DatasetFile[];
}
