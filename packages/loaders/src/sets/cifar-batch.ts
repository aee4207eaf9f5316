import { ZooError } from '@zoo/core';

const pixelsPerImage = 32 * 32;
const rowBytes = 1 + 3 * pixelsPerImage;

/**
 * CIFAR-10's binary files: rows of one label byte, then the red, the green and the blue plane of a 32x32 picture.
 * Returns all rows as NHWC.
 */
export function readBatches(batches: readonly Uint8Array[]): { pixels: Uint8Array; labels: Uint8Array } {
  const bytes = batches.reduce((sum, batch) => sum + batch.length, 0);
  if (batches.some((batch) => batch.length % rowBytes !== 0)) {
    throw new ZooError('corrupt-file', `CIFAR-10 batch: ${bytes} bytes, expected a multiple of ${rowBytes}.`);
  }
  const pixels = new Uint8Array((bytes / rowBytes) * 3 * pixelsPerImage);
  const labels = new Uint8Array(bytes / rowBytes);
  let row = 0;
  for (const batch of batches) {
    for (let start = 0; start < batch.length; start += rowBytes, row++) {
      labels[row] = batch[start] ?? 0;
      let to = row * 3 * pixelsPerImage;
      for (let red = start + 1; red <= start + pixelsPerImage; red++, to += 3) {
        pixels[to] = batch[red] ?? 0;
        pixels[to + 1] = batch[red + pixelsPerImage] ?? 0;
        pixels[to + 2] = batch[red + 2 * pixelsPerImage] ?? 0;
      }
    }
  }
  return { pixels, labels };
}

/** The inverse: NHWC pixels and labels as one binary file. */
export function writeBatch(pixels: Uint8Array, labels: ArrayLike<number>): Uint8Array {
  if (pixels.length !== labels.length * 3 * pixelsPerImage) {
    const expected = `${labels.length} of 32x32x3 = ${labels.length * 3 * pixelsPerImage}`;
    throw new ZooError('corrupt-file', `CIFAR-10 pictures: ${pixels.length} bytes of pixels, expected ${expected}.`);
  }
  const batch = new Uint8Array(labels.length * rowBytes);
  for (let row = 0; row < labels.length; row++) {
    const start = row * rowBytes;
    batch[start] = labels[row] ?? 0;
    let from = row * 3 * pixelsPerImage;
    for (let red = start + 1; red <= start + pixelsPerImage; red++, from += 3) {
      batch[red] = pixels[from] ?? 0;
      batch[red + pixelsPerImage] = pixels[from + 1] ?? 0;
      batch[red + 2 * pixelsPerImage] = pixels[from + 2] ?? 0;
    }
  }
  return batch;
}
