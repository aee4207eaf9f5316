import { forEachConcurrently, random, ZooError } from '@zoo/core';
import type { Batch, BatchTransform } from './batch.ts';
import { batchCount } from './batch-count.ts';
import type { Dataset } from './dataset.ts';
import { type Image, requireWhole, sizeOf } from './image.ts';
import { softLabels } from './mixing/mixed-batch.ts';
import type { Transform } from './transform.ts';

export interface BatchOptions {
  batchSize: number;
  /** A new order every epoch. Default: false, the data set's own order. */
  shuffle?: boolean;
  /** Default 0. */
  seed?: number;
  /** Default 0. */
  epoch?: number;
  /** Index of the first batch: an interrupted epoch continues exactly where it stopped. Default 0. */
  start?: number;
  /** Applied in order. Without any, images are bytes, 0 to 255. */
  transforms?: readonly Transform[];
  /** Applied to each batch, after `transforms`: `mixUp()`, `cutMix()`, or `oneOf(mixUp(), cutMix())`. Default: none. */
  mix?: BatchTransform;
  /** Leaves out the last batch when it is not full. Default false. */
  dropLast?: boolean;
}

/** How many examples are decoded concurrently: as many as Node's thread pool has threads. */
const concurrency = 4;

/** Every picture of a batch has the size of its first. */
function write(images: Float32Array, place: number, image: Image, shape: Image, where: string): void {
  if (image.height !== shape.height || image.width !== shape.width || image.channels !== shape.channels) {
    const sizes = `${sizeOf(image)}, expected ${sizeOf(shape)} as the first of its batch`;
    throw new ZooError('data', `${where}: is ${sizes}; add resize() or a crop to the transforms.`);
  }
  images.set(image.pixels, place * image.pixels.length);
}

/**
 * One epoch of a data set, in batches.
 *
 * Order and augmentation depend on `seed`, `epoch` and an example's index alone (for `mix`, the batch's number): starting at batch 7
 * yields exactly the batches that an uninterrupted epoch would have yielded. If examples have to be decoded, the next batch is prepared while one is in use.
 *
 * @throws ZooError `usage` for sizes that make no sense, `data` for examples of different sizes.
 */
export async function* batches(dataset: Dataset, options: BatchOptions): AsyncGenerator<Batch, void, undefined> {
  const { batchSize, shuffle = false, seed = 0, epoch = 0, start = 0, transforms = [], mix } = options;
  requireWhole(`batches of ${dataset.name}`, 'start', start, 0);
  const count = batchCount(dataset.length, options);
  const order = shuffle
    ? random(seed, epoch).permutation(dataset.length)
    : Uint32Array.from({ length: dataset.length }, (_, i) => i);

  const transformed = (image: Image, index: number): Image => {
    const generator = random(seed, epoch, index);
    return transforms.reduce((current, transform) => transform(current, generator), image);
  };

  async function make(number: number): Promise<{ batch: Batch; decodes: boolean }> {
    const indices = order.slice(number * batchSize, (number + 1) * batchSize);
    const labels = new Int32Array(indices.length);
    let images = new Float32Array(0);
    let shape: Image | undefined;
    let decodes = false;
    await forEachConcurrently(indices.length, concurrency, async (place) => {
      const index = indices[place] ?? 0;
      const pending = dataset.example(index);
      const example = pending instanceof Promise ? await pending : pending;
      decodes ||= pending instanceof Promise;
      const image = transformed(example, index);
      if (!shape) {
        shape = image;
        images = new Float32Array(indices.length * image.pixels.length);
      }
      write(images, place, image, shape, `${dataset.name}, example ${index}`);
      labels[place] = example.label;
    });
    const { height = 0, width = 0, channels = 0 } = shape ?? {};
    const batch: Batch = { images, labels, shape: [indices.length, height, width, channels], indices };
    // A stream of four numbers, where those of pictures have three: no batch draws the numbers of a picture.
    if (!mix) return { batch, decodes };
    const mixed = mix(batch, random(seed, epoch, number, 0));
    return { batch: { ...mixed, targets: softLabels(mixed, dataset.classes.length) }, decodes };
  }

  let ahead: ReturnType<typeof make> | undefined;
  for (let number = start; number < count; number++) {
    const { batch, decodes } = await (ahead ?? make(number));
    ahead = undefined;
    if (decodes && number + 1 < count) {
      ahead = make(number + 1);
      // The consumer of the next batch gets its error. If there is none, it must not end the process as an unhandled rejection.
      ahead.catch(() => {});
    }
    yield batch;
  }
}
