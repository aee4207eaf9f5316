import type { Hashes } from './expected-hash.ts';
import type { FileRecord } from './record.ts';

/** Bytes that are here whole. */
export interface Bytes {
  size: number;
  read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A file that was kept. */
export interface KeptFile {
  record: FileRecord;
  open(): Promise<Bytes>;
  /** Updates the stored headers after revalidation. */
  note(record: FileRecord): Promise<void>;
}

/** Where the bytes of a download go. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void> | void;
  /** Discards everything so far: the file has changed on its server, or the server does not support ranges. */
  restart(): Promise<void> | void;
}

/** A complete download that is not cached yet. */
export interface CompleteFile {
  bytes: Bytes;
  /** At least those asked for. */
  hashes: Hashes;
  keep(record: FileRecord): Promise<void>;
}

/** A file that is being downloaded. */
export interface PendingFile extends Sink {
  finish(asked: Hashes): Promise<CompleteFile>;
  /** Deletes the download unless it was cached. */
  discard(): Promise<void>;
}

/** Where a platform keeps files. */
export interface Store {
  /** The kept file of an address, if there is a whole one. */
  find(url: URL): Promise<KeptFile | undefined>;
  begin(url: URL): Promise<PendingFile>;
}
