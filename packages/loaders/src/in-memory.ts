import { ZooError } from '@zoo/core';
import { at, type Dataset } from './dataset.ts';

export interface InMemoryOptions {
  name: string;
  classes: readonly string[];
  /** Every example's pixels, one after the other: `[length, height, width, channels]`. */
  pixels: Uint8Array;
  /** A class index an example. */
  labels: ArrayLike<number>;
  height: number;
  width: number;
  channels: number;
}

/**
 * A data set whose pixels are all in memory. Its examples are views of `pixels`, not copies.
 *
 * @throws ZooError `data` when the pixels do not fit the labels, or a label names no class.
 */
export function inMemory({ name, classes, pixels, labels, height, width, channels }: InMemoryOptions): Dataset {
  const size = height * width * channels;
  if (pixels.length !== labels.length * size) {
    const expected = `${labels.length} examples of ${height}x${width}x${channels} = ${labels.length * size}`;
    throw new ZooError('data', `${name}: ${pixels.length} bytes of pixels, expected ${expected}.`);
  }
  for (let index = 0; index < labels.length; index++) {
    const label = at(name, labels, index);
    if (!Number.isInteger(label) || label < 0 || label >= classes.length) {
      throw new ZooError(
        'data',
        `${name}: label of example ${index} is ${label}, expected 0 to ${classes.length - 1}.`,
      );
    }
  }
  return {
    name,
    classes,
    length: labels.length,
    channels,
    labelOf: (index) => at(name, labels, index),
    example: (index) => ({
      label: at(name, labels, index),
      pixels: pixels.subarray(index * size, (index + 1) * size),
      height,
      width,
      channels,
    }),
  };
}
