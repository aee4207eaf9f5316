import { ZooError } from '@zoo/core';
import type { BatchTransform } from '../batch.ts';

/**
 * One of several for each batch, all as likely: MixUp and CutMix together, as torchvision's `RandomChoice` and timm's `switch_prob` of 0.5
 * use them.
 *
 * @throws ZooError `usage` for none.
 */
export function oneOf(...transforms: readonly BatchTransform[]): BatchTransform {
  if (transforms.length === 0)
    throw new ZooError('usage', 'oneOf: there is nothing to choose from. Pass mixUp() or cutMix().');
  return (batch, random) => transforms[random.integer(transforms.length)]?.(batch, random) ?? batch;
}
