import type { OnProgress } from '@zoo/core';

/** How long a download waits, in milliseconds. */
export interface Timeouts {
  /** Until the response starts. Default 30,000. */
  response?: number;
  /** Without a byte, before the connection counts as broken. Default 30,000. */
  idle?: number;
  /** A connection that is slower than this, as a mean over `idle`, counts as broken. Bytes per second. Default 100. */
  minBytesPerSecond?: number;
  /** For the whole download, with all its attempts. Default: no limit. */
  total?: number;
}

/** How often a download whose connection breaks is tried again. */
export interface Retries {
  /** Consecutive attempts without progress before the download fails. Default 5. */
  attempts?: number;
  /** Milliseconds before the second attempt, doubled each time. Default 500. */
  pause?: number;
}

export interface FetchFileOptions {
  /**
   * Where kept files lie: a folder in Node, the name of a Cache Storage in a page; `false` keeps nothing.
   * Default: the zoo's cache folder (`$ZOO_CACHE`, else `$XDG_CACHE_HOME/zoo`, else `~/.cache/zoo`,
   * `%LOCALAPPDATA%\zoo` on Windows); in a page `zoo`.
   */
  cache?: string | false | undefined;
  /** What the file's SHA-256 must be, 64 hexadecimal digits. A kept file that has it needs no network. Default: anything. */
  sha256?: string | undefined;
  /** What the file's SHA-1 must be, 40 hexadecimal digits: older files are published with that. Default: anything. */
  sha1?: string | undefined;
  /** The most bytes that are taken, unpacked. Default: 4 GiB. */
  maxBytes?: number | undefined;
  timeouts?: Timeouts | undefined;
  retries?: Retries | undefined;
  /** Called with the progress of the download. */
  onProgress?: OnProgress | undefined;
  /** Called with one line about a problem that was handled, such as a cached file that is used because the network is unavailable. */
  onNotice?: ((line: string) => void) | undefined;
  /** Aborts the download. */
  signal?: AbortSignal | undefined;
}

/** A file that is complete and has the expected hash. */
export interface FetchedFile {
  /** The address, for messages. */
  name: string;
  size: number;
  /** In hexadecimal digits. In a page only where `sha256` was asked for. */
  sha256?: string;
  /** What the server says it is (`Content-Type`), where it does: `text/html` in place of weights explains a lot. */
  type?: string;
  /** Reads `length` bytes from `offset` on, into `into` where that is given. */
  read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  /** Caches the file. Call it once the file was opened successfully: a file that cannot be opened should not be cached. */
  keep(): Promise<void>;
  /** Closes the file. A download that was not cached by `keep()` is deleted. */
  close(): Promise<void>;
}
