/** A data set as the files that are kept and read, whoever packed them. */
export interface CanonicalFiles {
  readonly title: string;
  /** Folder inside the cache. */
  readonly folder: string;
  readonly home: string;
  /** Sizes in bytes, SHA-256 in hexadecimal digits. */
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}
