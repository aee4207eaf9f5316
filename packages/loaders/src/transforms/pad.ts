import { requireWhole } from '../image.ts';
import type { Transform } from '../transform.ts';
import { crop } from './crop.ts';

/**
 * Black pixels on each of the four sides: MNIST's digits of 28×28 become LeNet-5's 32×32 by `pad(2)`.
 *
 * @throws ZooError `usage` for less than 0.
 */
export function pad(padding: number): Transform {
  requireWhole('pad', 'padding', padding, 0);
  return (image) => crop(image, -padding, -padding, image.height + 2 * padding, image.width + 2 * padding);
}
