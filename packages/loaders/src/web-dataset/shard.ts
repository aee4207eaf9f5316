/** A tar archive that can be read anywhere. */
export interface Shard {
  /** For messages, and in the names of its examples. */
  readonly name: string;
  readonly size: number;
  /** What a worker is given to read from. */
  readonly file: string | Blob;
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
