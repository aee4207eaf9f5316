import { ZooError } from '@zoo/core';
import { batches } from '../batches.ts';
import type { Dataset } from '../dataset.ts';
import { type Image, sizeOf } from '../image.ts';
import type { Transform } from '../transform.ts';

/**
 * The mean of all pictures of a data set, pixel by pixel (Caffe, `tools/compute_image_mean.cpp`; Krizhevsky et al. 2012, section 2).
 *
 * @param transforms Applied first, so that all have one size: `[resizeShorterSide(256), centerCrop(256, 256)]`. Default: none.
 * @throws ZooError `data` for an empty data set, and for pictures of different sizes.
 */
export async function meanImage(dataset: Dataset, transforms: readonly Transform[] = []): Promise<Image> {
  let sums = new Float64Array(0);
  let size: Image | undefined;
  for await (const { images, shape } of batches(dataset, { batchSize: 100, transforms })) {
    const [count, height, width, channels] = shape;
    if (!size) sums = new Float64Array(height * width * channels);
    size ??= { pixels: new Float32Array(0), height, width, channels };
    if (images.length !== count * sums.length)
      throw new ZooError(
        'data',
        `${dataset.name}: pictures of ${height}x${width}x${channels} and of ${sizeOf(size)} have no mean image; add resize() or a crop to the transforms.`,
      );
    for (let index = 0; index < images.length; index++) {
      const place = index % sums.length;
      sums[place] = (sums[place] ?? 0) + (images[index] ?? 0);
    }
  }
  if (!size) throw new ZooError('data', `${dataset.name}: has no pictures, and so no mean image.`);
  return { ...size, pixels: Float32Array.from(sums, (sum) => sum / dataset.length) };
}

/**
 * Subtracts a mean image, pixel by pixel (Caffe, `data_transformer.cpp`: before the crop, so that each part of a picture loses the same
 * part of the mean). `normalize({ range: 255 })` may follow, for the order of channels.
 *
 * @param mean Of the pictures' size, RGB, 0 to 255: what `meanImage` gives.
 * @throws ZooError `data`, from the transform, for a picture of another size.
 */
export const subtractMeanImage =
  (mean: Image): Transform =>
  (image) => {
    if (image.height !== mean.height || image.width !== mean.width || image.channels !== mean.channels)
      throw new ZooError(
        'data',
        `subtractMeanImage: the picture is ${sizeOf(image)}, expected ${sizeOf(mean)} as the mean image.`,
      );
    const { pixels, height, width, channels } = image;
    const difference = Float32Array.from(pixels, (value, index) => value - (mean.pixels[index] ?? 0));
    return { pixels: difference, height, width, channels };
  };
