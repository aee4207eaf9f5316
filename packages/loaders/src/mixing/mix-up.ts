import type { Batch, BatchTransform, Mixing } from '../batch.ts';
import { requireNumber } from '../require-number.ts';
import { symmetricBeta } from './beta.ts';
import { requireMixing, withMixed } from './mixed-batch.ts';

/** The smallest alpha of MixUp and CutMix: below it, lambda is 0 or 1. */
export const minAlpha = 1e-3;

/**
 * Every picture of a batch mixed with its partner: `lambda · image + (1 − lambda) · image of the partner`.
 *
 * @throws ZooError `usage` for a lambda outside 0 to 1, and for partners that are not in the batch.
 */
export function mixedUp(batch: Batch, mixing: Mixing): Batch {
  requireMixing('mixUp', batch, mixing);
  const { images, labels } = batch;
  const { lambda, partners } = mixing;
  const size = images.length / Math.max(1, labels.length);
  const mixed = new Float32Array(images.length);
  for (const [place, partner] of partners.entries())
    for (let i = place * size, j = partner * size, end = i + size; i < end; i++, j++)
      mixed[i] = lambda * (images[i] ?? 0) + (1 - lambda) * (images[j] ?? 0);
  return withMixed(batch, mixed, mixing);
}

/**
 * MixUp (Zhang et al. 2017; torchvision's `MixUp`): one `lambda ~ Beta(alpha, alpha)` a batch, and a random permutation for the pairs, as
 * in the paper's code. `mixed` of the batch, and `softLabels`, say which labels its pictures have.
 *
 * @param alpha Default: 0.2, the paper's for ImageNet.
 * @throws ZooError `usage` for an alpha below 0.001.
 */
export function mixUp(alpha = 0.2): BatchTransform {
  requireNumber('mixUp', 'alpha', alpha, minAlpha);
  return (batch, random) => {
    const lambda = symmetricBeta(random, alpha);
    return mixedUp(batch, { lambda, partners: random.permutation(batch.labels.length) });
  };
}
