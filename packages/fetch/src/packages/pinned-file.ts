/** A file of a set in the one form that is ever kept and read. */
export interface PinnedFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}
