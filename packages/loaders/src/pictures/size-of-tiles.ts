import { tiffTags } from './tiff-tags.ts';

const [widthTag, lengthTag] = [322, 323];

/**
 * Width and height of the pixels that a TIFF is decoded to: its tiles are decoded whole, and those at an edge, or of a size that the
 * file alone knows a reason for, reach beyond the picture.
 */
export function sizeOfTiles(file: Uint8Array, width: number, height: number): { width: number; height: number } {
  const tags = tiffTags(file);
  const whole = (size: number, tile = 1) => Math.ceil(size / Math.max(1, tile)) * Math.max(1, tile);
  return { width: whole(width, tags.get(widthTag)), height: whole(height, tags.get(lengthTag)) };
}
