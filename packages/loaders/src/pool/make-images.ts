import { forEachConcurrently, random, ZooError } from '@zoo/core';
import { type Image, sizeOf } from '../image.ts';
import type { Transform } from '../transform.ts';
import { writePixels } from '../transforms/lazy-image.ts';

/** The pictures of a batch, stacked. */
export interface StackedImages {
  /** `[n, height, width, channels]`. */
  images: Float32Array<ArrayBuffer>;
  height: number;
  width: number;
  channels: number;
}

/** Which pictures are stacked, and what is done to each. */
export interface StackOptions {
  /** The data set's name, for messages. */
  name: string;
  seed: number;
  epoch: number;
  indices: ArrayLike<number>;
  transforms: readonly Transform[];
  /** The picture at a place of the batch, a promise where it has to be decoded. */
  picture: (place: number, index: number) => Image | Promise<Image>;
  /** Whether nobody else has the pictures: the memory of each is given back when it is in its place. Default false. */
  areOwn?: boolean;
}

/** How many examples are decoded concurrently: as many as Node's thread pool has threads. */
const concurrency = 4;

/** Every picture of a batch has the size of its first. */
function requireShape(image: Image, shape: Image, where: string): void {
  if (image.height === shape.height && image.width === shape.width && image.channels === shape.channels) return;
  const sizes = `${sizeOf(image)}, expected ${sizeOf(shape)} as the first of its batch`;
  throw new ZooError('data', `${where}: is ${sizes}; add resize() or a crop to the transforms.`);
}

/**
 * Gives the memory of pixels back, in engines that can (ECMAScript 2024). Left to the collector, half a megabyte a photograph
 * has it search through everything after each fifty.
 */
function release({ buffer }: Image['pixels']): void {
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}

/**
 * Decodes and transforms the pictures of a batch. The same in a worker as without one: what a transform draws depends on seed, epoch
 * and index alone.
 *
 * @throws ZooError `data` for pictures of different sizes.
 */
export async function makeImages(options: StackOptions): Promise<StackedImages> {
  const { name, seed, epoch, indices, transforms, picture, areOwn = false } = options;
  let images = new Float32Array(0);
  let shape: Image | undefined;
  let size = 0;
  await forEachConcurrently(indices.length, concurrency, async (place) => {
    const index = indices[place] ?? 0;
    const pending = picture(place, index);
    const original = pending instanceof Promise ? await pending : pending;
    const generator = random(seed, epoch, index);
    const image = transforms.reduce((current, transform) => transform(current, generator), original);
    if (!shape) {
      shape = image;
      size = image.height * image.width * image.channels;
      images = new Float32Array(indices.length * size);
    }
    requireShape(image, shape, `${name}, example ${index}`);
    writePixels(image, images.subarray(place * size, (place + 1) * size));
    if (areOwn) release(original.pixels);
  });
  const { height = 0, width = 0, channels = 0 } = shape ?? {};
  return { images, height, width, channels };
}
