import { ZooError } from '@zoo/core';

export interface DecodeOptions {
  /**
   * Most pixels that a file may ask memory for, three bytes each. Default: 16 for each byte of the file (photos have one or two), at
   * least 16,777,216 and at most 268,435,456.
   */
  maxPixels?: number;
}

export const plausiblePixels = (bytes: number): number => Math.min(Math.max(2 ** 24, 16 * bytes), 2 ** 28);

/** A file of a hundred bytes may ask for gigabytes. @throws ZooError `data` for more pixels than are decoded. */
export function requireModest(name: string, file: Uint8Array, width: number, height: number, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  throw new ZooError(
    'data',
    `${name}: has ${width}x${height} pixels in ${file.length} bytes, more than the ${maxPixels} that are decoded. Scale it down first, or raise maxPixels.`,
  );
}
