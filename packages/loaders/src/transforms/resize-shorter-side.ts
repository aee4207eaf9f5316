import { requireWhole } from '../image.ts';
import type { Transform } from '../transform.ts';
import { resized } from './resize.ts';

/**
 * Scales so that the shorter side has `size` pixels and the proportions stay: torchvision's `Resize(size)`.
 * The longer side is rounded down.
 *
 * @throws ZooError `usage` for a size below 1.
 */
export function resizeShorterSide(size: number): Transform {
  requireWhole('resizeShorterSide', 'size', size, 1);
  return (image) => {
    const { height, width } = image;
    const longer = Math.trunc((size * Math.max(height, width)) / Math.min(height, width));
    return height <= width ? resized(image, size, longer) : resized(image, longer, size);
  };
}
