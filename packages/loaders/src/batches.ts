import { random, ZooError } from '@zoo/core';
import type { Batch, BatchTransform } from './batch.ts';
import { batchCount } from './batch-count.ts';
import type { Dataset } from './dataset.ts';
import { type Picture, requireWhole } from './image.ts';
import { softLabels } from './mixing/mixed-batch.ts';
import { defaultWorkers, isData } from './pool/default-workers.ts';
import type { ExampleSource } from './pool/example-source.ts';
import { makeImages, type StackedImages } from './pool/make-images.ts';
import { openPool, WorkerGone, type WorkerPool } from './pool/worker-pool.ts';
import type { Transform } from './transform.ts';
import { type TransformStep, transformsOf } from './transform-step.ts';

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
  /** Applied in order: functions, or the same as data, which workers can do. Without any, images are bytes, 0 to 255. */
  transforms?: readonly (Transform | TransformStep)[];
  /** Applied to each batch, after `transforms`: `mixUp()`, `cutMix()`, or `oneOf(mixUp(), cutMix())`. Default: none. */
  mix?: BatchTransform;
  /** Leaves out the last batch when it is not full. Default false. */
  dropLast?: boolean;
  /**
   * Threads that decode and transform pictures, a batch each, while the last ones are in use; 0: this thread does. The batches are the
   * same, whatever their number. Their `transforms` have to be data. Where they cannot be started, this thread does, and `onNotice` says so.
   * Default: the number of cores, 8 at most, for 256 pictures or more that have to be decoded, by transforms that are data; else 0.
   */
  workers?: number | undefined;
  /** Called with a line where workers were wanted and cannot be had. */
  onNotice?: ((line: string) => void) | undefined;
}

/** A batch's pictures, and whether any of them had to be decoded. */
interface Made {
  made: StackedImages;
  decodes: boolean;
}

/** @throws ZooError `usage` for transforms that no worker can be given. */
function workerCount(dataset: Dataset, { workers, transforms = [] }: BatchOptions): number {
  if (workers === undefined) return defaultWorkers(dataset, transforms);
  requireWhole(`batches of ${dataset.name}`, 'workers', workers, 0);
  if (workers === 0 || isData(transforms)) return workers;
  throw new ZooError(
    'usage',
    `batches of ${dataset.name}: workers is ${workers}, but some transforms are functions, which no worker can be given. Write them as data, { kind: 'horizontalFlip' }, or set workers to 0.`,
  );
}

/** Pixels of their own: of a view, a message would take along all that it is a view of. */
async function withOwnPixels(dataset: Dataset, index: number): Promise<Picture> {
  const { pixels, height, width, channels } = await dataset.example(index);
  return { pixels: pixels.slice(), height, width, channels };
}

const sourceFor = (dataset: Dataset, index: number): ExampleSource | Promise<Picture> =>
  dataset.sourceOf?.(index) ?? withOwnPixels(dataset, index);

/** The workers, where they can be had. */
function poolFor(dataset: Dataset, options: BatchOptions): WorkerPool | undefined {
  const count = workerCount(dataset, options);
  if (count === 0) return undefined;
  try {
    return openPool(count);
  } catch (error) {
    noteWithout(dataset, options, error);
    return undefined;
  }
}

function noteWithout(dataset: Dataset, { onNotice }: BatchOptions, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  onNotice?.(`${dataset.name}: its pictures are decoded without workers, which takes longer (${reason}).`);
}

const partsOf = (indices: Uint32Array, count: number): Uint32Array[] => {
  const size = Math.ceil(indices.length / count);
  return Array.from({ length: Math.ceil(indices.length / size) }, (_, i) => indices.slice(i * size, (i + 1) * size));
};

/** Parts of a batch as one; undefined where their pictures are of different sizes. */
function joined(parts: readonly StackedImages[]): StackedImages | undefined {
  const [first, ...others] = parts;
  if (!first || others.length === 0) return first;
  const { height, width, channels } = first;
  if (others.some((one) => one.height !== height || one.width !== width || one.channels !== channels)) return undefined;
  const images = new Float32Array(parts.reduce((sum, one) => sum + one.images.length, 0));
  parts.reduce((at, one) => {
    images.set(one.images, at);
    return at + one.images.length;
  }, 0);
  return { images, height, width, channels };
}

/**
 * One epoch of a data set, in batches.
 *
 * Order and augmentation depend on `seed`, `epoch` and an example's index alone (for `mix`, the batch's number): starting at batch 7
 * yields exactly the batches that an uninterrupted epoch would have yielded, with any number of workers. If examples have to be decoded,
 * the next batch is prepared while one is in use; with workers, one more than there are workers.
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
  const functions = transforms.flatMap((one) => (typeof one === 'function' ? [one] : transformsOf([one])));
  const indicesOf = (number: number) => order.slice(number * batchSize, (number + 1) * batchSize);
  let pool = poolFor(dataset, options);
  // Of workers there is one batch more than they are, so that each finds the next one when it is done.
  const depth = pool ? workerCount(dataset, options) + 1 : 1;

  async function makeHere(number: number): Promise<Made> {
    let decodes = false;
    const picture = (_: number, index: number) => {
      const pending = dataset.example(index);
      decodes ||= pending instanceof Promise;
      return pending;
    };
    const indices = indicesOf(number);
    const made = await makeImages({ name: dataset.name, seed, epoch, indices, transforms: functions, picture });
    return { made, decodes };
  }

  async function make(number: number): Promise<Made> {
    if (!pool || !isData(transforms)) return makeHere(number);
    const workers = pool;
    const run = async (indices: Uint32Array) => {
      const pictures = await Promise.all(Array.from(indices, (index) => sourceFor(dataset, index)));
      return workers.run({ name: dataset.name, seed, epoch, indices, steps: transforms, pictures });
    };
    const indices = indicesOf(number);
    try {
      // Training waits for the first batch whatever is done: all workers make it together.
      const parts = number === start ? partsOf(indices, depth - 1) : [indices];
      const made = joined(await Promise.all(parts.map(run)));
      if (!made) return await makeHere(number);
      return { made, decodes: true };
    } catch (error) {
      if (!(error instanceof WorkerGone)) throw error;
      if (pool) noteWithout(dataset, options, error);
      pool?.release();
      pool = undefined;
      return makeHere(number);
    }
  }

  function batchOf({ images, height, width, channels }: StackedImages, number: number): Batch {
    const indices = indicesOf(number);
    const labels = Int32Array.from(indices, (index) => dataset.labelOf(index));
    const batch: Batch = { images, labels, shape: [indices.length, height, width, channels], indices };
    // A stream of four numbers, where those of pictures have three: no batch draws the numbers of a picture.
    if (!mix) return batch;
    const mixed = mix(batch, random(seed, epoch, number, 0));
    return { ...mixed, targets: softLabels(mixed, dataset.classes.length) };
  }

  const ahead: Promise<Made>[] = [];
  let next = start;
  const prepare = (most: number) => {
    while (ahead.length < most && next < count) {
      const pending = make(next++);
      // The consumer of the batch gets its error. If there is none, it must not end the process as an unhandled rejection.
      pending.catch(() => {});
      ahead.push(pending);
    }
  };
  try {
    for (let number = start; number < count; number++) {
      prepare(pool ? depth : 1);
      const made = await ahead.shift();
      if (!made) throw new Error('a batch was prepared');
      if (made.decodes) prepare(pool ? depth : 1);
      yield batchOf(made.made, number);
    }
  } finally {
    pool?.release();
  }
}
