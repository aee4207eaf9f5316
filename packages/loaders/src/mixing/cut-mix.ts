import type { Batch, BatchTransform } from '../batch.ts';
import { requireNumber } from '../require-number.ts';
import type { Area } from '../transforms/random-area.ts';
import { symmetricBeta } from './beta.ts';
import { minAlpha } from './mix-up.ts';
import { requireMixing, withMixed } from './mixed-batch.ts';

/**
 * The rectangle of `1 − lambda` of a picture around a centre, as much of it as lies in the picture: half sides are `½·√(1 − lambda)` of
 * the picture's, rounded down.
 */
export function cutMixArea(
  { height, width }: { height: number; width: number },
  lambda: number,
  [row, column]: readonly [row: number, column: number],
): Area {
  const half = 0.5 * Math.sqrt(1 - lambda);
  const [rows, columns] = [Math.trunc(half * height), Math.trunc(half * width)];
  const [top, left] = [Math.max(0, row - rows), Math.max(0, column - columns)];
  return { top, left, height: Math.min(height, row + rows) - top, width: Math.min(width, column + columns) - left };
}

/**
 * Every picture of a batch with the same area of its partner in it. `lambda` of its labels is the share of the pixels that are its own.
 *
 * @throws ZooError `usage` for partners that are not in the batch.
 */
export function cutMixed(batch: Batch, partners: Uint32Array, area: Area): Batch {
  const [, height, width, channels] = batch.shape;
  const mixing = { partners, lambda: 1 - (area.height * area.width) / (height * width) };
  requireMixing('cutMix', batch, mixing);
  const mixed = batch.images.slice();
  for (const [place, partner] of partners.entries())
    for (let y = area.top; y < area.top + area.height; y++) {
      const at = (picture: number): number => ((picture * height + y) * width + area.left) * channels;
      mixed.set(batch.images.subarray(at(partner), at(partner) + area.width * channels), at(place));
    }
  return withMixed(batch, mixed, mixing);
}

/**
 * CutMix (Yun et al. 2019; torchvision's `CutMix`): one `lambda ~ Beta(alpha, alpha)` and one area a batch, around a uniformly random
 * centre, and a random permutation for the pairs. `mixed` of the batch, and `softLabels`, say which labels its pictures have.
 *
 * @param alpha Default: 1, the paper's.
 * @throws ZooError `usage` for an alpha below 0.001.
 */
export function cutMix(alpha = 1): BatchTransform {
  requireNumber('cutMix', 'alpha', alpha, minAlpha);
  return (batch, random) => {
    const [, height, width] = batch.shape;
    const lambda = symmetricBeta(random, alpha);
    const centre = [random.integer(height), random.integer(width)] as const;
    const partners = random.permutation(batch.labels.length);
    return cutMixed(batch, partners, cutMixArea({ height, width }, lambda, centre));
  };
}
