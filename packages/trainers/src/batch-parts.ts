import type { Batch } from '@zoo/loaders';

/** A part of a batch: its pictures, and what each log-probability counts in the loss of the whole. */
export interface BatchPart {
  images: Float32Array;
  shape: readonly [n: number, height: number, width: number, channels: number];
  coefficients: Float32Array;
}

/**
 * A batch in parts of equal size, the last of which may be smaller; fewer where there are not as many pictures.
 *
 * @param coefficients Of the whole batch, `[n, classes]`.
 */
export function partsOf({ images, shape }: Batch, coefficients: Float32Array, parts: number): BatchPart[] {
  const [n, height, width, channels] = shape;
  const size = Math.ceil(n / parts);
  const [perImage, perRow] = [images.length / n, coefficients.length / n];
  return Array.from({ length: Math.ceil(n / size) }, (_, part) => {
    const [from, to] = [part * size, Math.min(n, (part + 1) * size)];
    return {
      images: images.subarray(from * perImage, to * perImage),
      shape: [to - from, height, width, channels],
      coefficients: coefficients.subarray(from * perRow, to * perRow),
    };
  });
}
