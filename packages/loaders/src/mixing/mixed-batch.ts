import { ZooError } from '@zoo/core';
import type { Batch, Mixing } from '../batch.ts';

/** @throws ZooError `usage` for a lambda outside 0 to 1, and for partners that are not in the batch. */
export function requireMixing(where: string, { labels }: Batch, { partners, lambda }: Mixing): void {
  if (!(lambda >= 0 && lambda <= 1))
    throw new ZooError('usage', `${where}: lambda is ${lambda}, expected a number from 0 to 1.`);
  if (partners.length !== labels.length || partners.some((partner) => partner >= labels.length))
    throw new ZooError(
      'usage',
      `${where}: partners are [${partners.subarray(0, 20)}], expected ${labels.length} places in a batch of ${labels.length}.`,
    );
}

/** `batch` with other pictures, and the labels that these are mixed of. */
export function withMixed(batch: Batch, images: Float32Array, mixing: Mixing): Batch {
  const labels = Int32Array.from(mixing.partners, (partner) => batch.labels[partner] ?? 0);
  return { ...batch, images, mixed: { ...mixing, labels } };
}

/**
 * The targets of a batch, `[n, classes]`: `lambda` for a picture's own class and `1 − lambda` for its partner's; one-hot where nothing was
 * mixed.
 *
 * @throws ZooError `usage` for a label that is no class.
 */
export function softLabels({ labels, mixed }: Pick<Batch, 'labels' | 'mixed'>, classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  const add = (row: number, label: number, share: number): void => {
    if (!(label >= 0 && label < classes))
      throw new ZooError('usage', `softLabels: a label is ${label}, expected 0 to ${classes - 1}.`);
    targets[row * classes + label] = (targets[row * classes + label] ?? 0) + share;
  };
  for (const [row, label] of labels.entries()) {
    add(row, label, mixed ? mixed.lambda : 1);
    if (mixed) add(row, mixed.labels[row] ?? 0, 1 - mixed.lambda);
  }
  return targets;
}
