import type { NamedBytes } from '../bytes.ts';
import type { MeteredBytes } from '../meter.ts';

/** What a file is read from, open until it is closed. */
export interface ByteSource extends NamedBytes {
  /** Of all bytes, in hexadecimal digits, where it was worked out when they were fetched. */
  sha256?: string;
  /** Keeps what was fetched for the next time. Called once the file has proved to be one of tensors. */
  keep?(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file that lies in the same folder as another, or in a folder below, by its relative path. It is opened once. */
export type Beside = (relative: string) => Promise<MeteredBytes>;
