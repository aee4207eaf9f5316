import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { random } from '@zoo/core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../batch.ts';
import { type BatchOptions, batches } from '../batches.ts';
import type { Dataset } from '../dataset.ts';
import { imageFolder } from '../folder.ts';
import { inMemory } from '../in-memory.ts';
import { mixUp } from '../mixing/mix-up.ts';
import { select } from '../select.ts';
import type { TransformStep } from '../transform-step.ts';
import { withChannels } from '../with-channels.ts';
import { defaultWorkers } from './default-workers.ts';
import { openPool } from './worker-pool.ts';

const steps: readonly TransformStep[] = [
  { kind: 'resizeShorterSide', size: 24 },
  { kind: 'randomCrop', height: 20, width: 20 },
  { kind: 'horizontalFlip' },
  { kind: 'colourJitter', brightness: 0.4, hue: 0.1 },
  { kind: 'randAugment' },
  { kind: 'normalize', mean: [0.5], std: [0.25] },
  { kind: 'randomErasing' },
];
const options = { batchSize: 5, shuffle: true, seed: 3, epoch: 2, transforms: steps };

let folder = '';
let photos: Dataset;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-pool-'));
  for (let index = 0; index < 24; index++) {
    const { integer } = random(index);
    const [width, height] = [30 + integer(30), 30 + integer(30)];
    const pixels = Uint8Array.from({ length: width * height * 3 }, () => integer(256));
    const file = path.join(folder, index % 2 ? 'a' : 'b', `${index}.jpg`);
    await mkdir(path.dirname(file), { recursive: true });
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg()
      .toFile(file);
  }
  photos = await imageFolder(folder);
});
afterAll(() => rm(folder, { recursive: true }));

async function all(dataset: Dataset, more: Partial<BatchOptions> = {}): Promise<Batch[]> {
  const found: Batch[] = [];
  // Fails where workers were asked for and did not start.
  const onNotice = (line: string) => expect.unreachable(line);
  for await (const batch of batches(dataset, { ...options, onNotice, ...more })) found.push(batch);
  return found;
}

describe('batches of workers', () => {
  it('are those of no workers, to the bit, whatever their number', async () => {
    const expected = await all(photos, { workers: 0 });
    expect(expected).toHaveLength(5);
    for (const workers of [1, 2, 3]) expect(await all(photos, { workers })).toEqual(expected);
    expect(await all(photos, { workers: 2, start: 3 })).toEqual(expected.slice(3));
  });

  it('are the same for parts of a data set, for greys, and when they are mixed', async () => {
    const part = select(withChannels(photos, 1), [7, 1, 3, 20, 4, 11, 2]);
    const grey = steps.filter(({ kind }) => kind !== 'colourJitter' && kind !== 'randAugment');
    const more = { transforms: grey, mix: mixUp(0.4) };
    const expected = await all(part, { ...more, workers: 0 });
    expect(expected[0]?.shape).toEqual([5, 20, 20, 1]);
    expect(await all(part, { ...more, workers: 2 })).toEqual(expected);
  });

  it('are the same for pictures in memory, which are sent alone and not with all others', async () => {
    const { integer } = random(1);
    const pixels = Uint8Array.from({ length: 12 * 30 * 30 * 3 }, () => integer(256));
    const labels = Array.from({ length: 12 }, (_, index) => index % 2);
    const dataset = inMemory({
      name: 'noise',
      classes: ['a', 'b'],
      pixels,
      labels,
      height: 30,
      width: 30,
      channels: 3,
    });
    expect(await all(dataset, { workers: 2 })).toEqual(await all(dataset, { workers: 0 }));
  });

  it('are the same for an example that a batch has several times, decoded or in memory', async () => {
    const often = select(photos, [3, 3, 3, 1, 3, 1]);
    const examples = await Promise.all([photos.example(0), photos.example(1)]);
    const { sourceOf: _, ...withoutSource } = often;
    // A worker gives the memory of each back when it is done.
    const memory: Dataset = { ...withoutSource, example: (index) => examples[index % 2] ?? photos.example(0) };
    for (const dataset of [often, memory])
      expect(await all(dataset, { workers: 1 })).toEqual(await all(dataset, { workers: 0 }));
  });

  it('leave a damaged picture to whoever asks for its batch, as its own error', async () => {
    const broken = path.join(folder, 'a', 'broken.jpg');
    await writeFile(broken, 'no picture');
    const dataset = await imageFolder(folder);
    await rm(broken);
    await writeFile(broken, 'no picture');
    for (const workers of [0, 2])
      await expect(all(dataset, { workers, shuffle: false, batchSize: 30 })).rejects.toMatchObject({
        name: 'ZooError',
        code: 'corrupt-file',
        message: expect.stringContaining('broken.jpg: it is no picture known here'),
      });
    await rm(broken);
  });

  it('are the same when the loop is left and begun again', async () => {
    const expected = await all(photos, { workers: 0 });
    for await (const batch of batches(photos, { ...options, workers: 2 })) {
      expect(batch).toEqual(expected[0]);
      break;
    }
    expect(await all(photos, { workers: 2 })).toEqual(expected);
  });

  it('need transforms that are data', async () => {
    const more = { workers: 2, transforms: [(image) => image] } satisfies Partial<BatchOptions>;
    await expect(all(photos, more)).rejects.toThrow(
      /workers is 2, but some transforms are functions, which no worker can be given/,
    );
    await expect(all(photos, { workers: -1 })).rejects.toThrow('workers is -1, expected a whole number of at least 0');
  });
});

describe('a worker', () => {
  it('makes what it was asked for first before anything else', async () => {
    const pool = openPool(1);
    const done: number[] = [];
    const make = async (count: number) => {
      const indices = Uint32Array.from({ length: count }, (_, index) => index);
      const sources = Array.from(indices, (index) => photos.sourceOf?.(index)).filter((source) => source !== undefined);
      await pool.run({ name: 'photos', seed: 0, epoch: 0, indices, steps, pictures: await Promise.all(sources) });
      done.push(count);
    };
    await Promise.all([make(24), make(1), make(2)]);
    pool.release();
    expect(done).toEqual([24, 1, 2]);
  });
});

describe('the usual number of workers', () => {
  it('is none for few pictures, for those in memory, and for functions', () => {
    const many = { ...photos, length: 300 };
    expect(defaultWorkers(many, steps)).toBeGreaterThan(0);
    expect(defaultWorkers(photos, steps)).toBe(0);
    const { sourceOf: _, ...sourceless } = many;
    expect(defaultWorkers(sourceless, steps)).toBe(0);
    expect(defaultWorkers(many, [(image) => image])).toBe(0);
  });
});
