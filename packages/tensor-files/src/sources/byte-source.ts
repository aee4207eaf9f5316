import type { NamedBytes } from '../bytes.ts';
import type { MeteredBytes } from '../meter.ts';

/** An open source of bytes. */
export interface ByteSource extends NamedBytes {
  /** Hash of all bytes, in hexadecimal digits, if it was computed during the download. */
  sha256?: string;
  /** Caches a download. Called once the file has been parsed. */
  keep?(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file in the same folder as another, or in a folder below, by its relative path. It is opened once. */
export type OpenSibling = (relative: string) => Promise<MeteredBytes>;
