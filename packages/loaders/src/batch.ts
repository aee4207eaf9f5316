import type { Random } from '@zoo/core';

/** Examples stacked for a network. */
export interface Batch {
  /** `[n, height, width, channels]`. */
  readonly images: Float32Array;
  /** Class indices, `[n]`. */
  readonly labels: Int32Array;
  readonly shape: readonly [n: number, height: number, width: number, channels: number];
  /** The index of each example in the data set, `[n]`. */
  readonly indices: Uint32Array;
  /** What its pictures were mixed of, if `mixUp` or `cutMix` did so. */
  readonly mixed?: MixedLabels;
  /** Soft labels of a mixed batch, as `softLabels` makes them: `[n, classes]`, each row a distribution. */
  readonly targets?: Float32Array;
}

/** Which pictures of a batch were mixed with which, and how much of their own is left. */
export interface Mixing {
  /** Of each picture, the place in the batch of the one that is mixed in: `[n]`. */
  readonly partners: Uint32Array;
  /** The share of the picture itself, 0 to 1; the rest is its partner's. */
  readonly lambda: number;
}

/** How a batch was mixed, with the classes of what was mixed in. */
export interface MixedLabels extends Mixing {
  /** The label of each picture's partner: `[n]`. */
  readonly labels: Int32Array;
}

/**
 * Mixes the pictures of a batch in pairs. Returns a new batch, and does not change its input.
 *
 * @param random This batch's generator in this epoch: what is drawn depends on seed, epoch and the batch's number alone.
 */
export type BatchTransform = (batch: Batch, random: Random) => Batch;
