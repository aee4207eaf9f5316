import { ZooError } from '@zoo/core';
import { type Augmentation, augmentationSizeProblem, type ModelSpec } from '@zoo/spec';
import { augmentName } from '../options/augment-option.ts';

/**
 * Finds out, before pictures are read, whether steps that the user asked for fit the size of the network's pictures.
 *
 * @throws ZooError `usage` for a crop that may show nothing of a picture, and for an area that no picture has.
 */
export function requireAugmentSizes(asked: readonly Augmentation[] | undefined, spec: ModelSpec): void {
  for (const step of asked ?? []) {
    const problem = augmentationSizeProblem(step, spec);
    if (problem !== undefined) throw new ZooError('usage', `--augment: ${augmentName(step.kind)} ${problem}`);
  }
}
