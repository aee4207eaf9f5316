import { readFile } from 'node:fs/promises';
import { elements, isZooError, type Random, random } from '@zoo/core';
import { afterAll, describe, expect, it } from 'vitest';
import { onnxGraphBytes } from './codecs/onnx/onnx-graph-bytes.ts';
import { openZip } from './codecs/zip/open-zip.ts';
import { zipBytes } from './codecs/zip/zip-bytes.ts';
import type { Contents } from './format.ts';
import { formats } from './formats.ts';
import { metered } from './meter.ts';
import { openTensors } from './open-tensors.ts';
import type { OpenSibling } from './sources/byte-source.ts';
import { openBytes } from './sources/open-bytes.ts';
import { mutate } from './testing/mutate.ts';
import { tfjsFixture } from './testing/tfjs-fixture.ts';
import { tinyGraph } from './testing/tiny-graph.ts';

// Damaged files by the thousand: each ends in an error of the zoo's or in numbers, soon, and without more memory than
// the file can account for. `FUZZ=20` runs twenty times as many.

const factor = Number(process.env.FUZZ ?? 1);
const seed = 5;

const fixture = async (name: string) => new Uint8Array(await readFile(new URL(`../fixtures/${name}`, import.meta.url)));

const tfjs = await tfjsFixture();

/** Files that are not kept, but made here. */
const made: Readonly<Record<string, Uint8Array>> = {
  'model.json': tfjs.json,
  'tiny.onnx': await bytesOf(onnxGraphBytes(tinyGraph)),
};

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(new Uint8Array(piece));
  return new Uint8Array(Buffer.concat(parts));
}

interface Damaged {
  format: string;
  file: string;
  count: number;
  /** How many bytes one byte of the file can become. Default: 1. */
  ratio?: number;
  /** Of an archive, whose entry is damaged. Default: anything, the archive's own directory too. */
  entry?: RegExp;
}

const files: readonly Damaged[] = [
  { format: 'pytorch', file: 'net.pth', count: 1000 },
  { format: 'pytorch', file: 'odd.pth', count: 1000 },
  { format: 'pytorch', file: 'odd.pth', count: 1500, entry: /data\.pkl$/ },
  { format: 'pytorch', file: 'checkpoint.pth', count: 1000, entry: /data\.pkl$/ },
  { format: 'pytorch-legacy', file: 'net-legacy.pth', count: 2000 },
  { format: 'pytorch-legacy', file: 'odd-legacy.pth', count: 2000 },
  { format: 'safetensors', file: 'odd.safetensors', count: 3000 },
  { format: 'npy', file: 'v1.npy', count: 1200 },
  { format: 'npy', file: 'v3.npy', count: 800 },
  { format: 'npz', file: 'stored.npz', count: 800 },
  { format: 'npz', file: 'stored.npz', count: 400, entry: /fortran/ },
  { format: 'npz', file: 'few.npz', count: 700, ratio: 1032 },
  { format: 'caffemodel', file: 'v1.caffemodel', count: 1500 },
  { format: 'caffemodel', file: 'v2.caffemodel', count: 1000 },
  { format: 'caffemodel', file: 'unpacked.caffemodel', count: 800 },
  { format: 'binaryproto', file: 'mean.binaryproto', count: 800 },
  { format: 'hdf5', file: 'net.weights.h5', count: 600 },
  { format: 'hdf5', file: 'earliest.h5', count: 200, ratio: 1032 },
  { format: 'hdf5', file: 'latest.h5', count: 400 },
  { format: 'keras', file: 'net.keras', count: 100, entry: /h5$/ },
  { format: 'keras', file: 'net.keras', count: 100 },
  { format: 'tfjs', file: 'model.json', count: 1500 },
  { format: 'onnx', file: 'tiny.onnx', count: 1000 },
];

/** The archive with one entry damaged, but otherwise whole. */
async function damageEntry(archive: Uint8Array, damaged: RegExp, numbers: Random): Promise<Uint8Array> {
  const zip = await openZip(metered(await openBytes(archive)));
  const entries = [...zip.entries.values()].map((entry) => ({
    name: entry.name,
    async bytes() {
      const bytes = await zip.read(entry, 0, entry.size);
      return damaged.test(entry.name) ? mutate(bytes, numbers) : bytes;
    },
  }));
  return bytesOf(zipBytes(entries));
}

/** Reads some of the numbers of a file that could be opened. For ten thousands of files, `expect` is called only where it fails: it takes longer than reading. */
async function readSome(file: Contents, most: number, chosen: number): Promise<void> {
  const tensors = [...file.tensors.values()];
  for (let index = 0; index < Math.min(tensors.length, 6); index++) {
    const tensor = tensors[(chosen + index) % tensors.length];
    if (!tensor) continue;
    if (!(elements(tensor.shape) <= most)) expect(elements(tensor.shape)).toBeLessThanOrEqual(most);
    const values = await tensor.read();
    if (values.length !== elements(tensor.shape)) expect(values.length).toBe(elements(tensor.shape));
    const part = values.length > 0 ? await tensor.readPart?.(values.length - 1, 1) : undefined;
    if (part && part.length !== 1) expect(part).toHaveLength(1);
  }
}

const totals = { inputs: 0, opened: 0, refused: 0, slowest: 0, rss: 0, arrayBuffers: 0 };

describe('damaged files', () => {
  it.each(files)(
    '$format: $file, $count times',
    async ({ format: name, file: fixtureName, count, ratio = 1, entry }) => {
      const format = formats.find((one) => one.name === name);
      const whole = made[fixtureName] ?? (await fixture(fixtureName));
      const shards = name === 'tfjs' ? tfjs.shards : [];
      const beside: OpenSibling = async (path) =>
        metered(await openBytes(shards.find((shard) => shard.name === path) ?? new Uint8Array()));
      for (let index = 0; index < count * factor; index++) {
        const numbers = random(seed, index, whole.length, entry ? 1 : 0);
        const bytes = entry ? await damageEntry(whole, entry, numbers) : mutate(whole, numbers);
        const size = bytes.length + shards.reduce((sum, shard) => sum + shard.size, 0);
        const started = performance.now();
        totals.inputs++;
        try {
          // One in four is not told what it is.
          const file =
            index % 4 === 0 && shards.length === 0
              ? await openTensors(new File([new Uint8Array(bytes)], fixtureName))
              : await format?.read(metered(await openBytes(bytes)), beside);
          if (!file) throw new Error(`no format ${name}`);
          await readSome(file, size * ratio, numbers.integer(1000));
          totals.opened++;
        } catch (error) {
          if (!isZooError(error)) throw new Error(`input ${index} of ${fixtureName}: ${error}`, { cause: error });
          if (!(error.message.length < 4000)) expect(error.message.length, error.message).toBeLessThan(4000);
          totals.refused++;
        }
        totals.slowest = Math.max(totals.slowest, performance.now() - started);
        if (index % 50 === 0) {
          const { rss, arrayBuffers } = process.memoryUsage();
          totals.rss = Math.max(totals.rss, rss);
          totals.arrayBuffers = Math.max(totals.arrayBuffers, arrayBuffers);
        }
      }
    },
    600_000,
  );
});

afterAll(() => {
  const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
  if (process.env.FUZZ)
    process.stdout.write(
      `${totals.inputs} inputs, ${totals.opened} opened, ${totals.refused} refused, slowest ${Math.round(totals.slowest)} ms, ` +
        `at most ${mebibytes(totals.rss)} MiB, ${mebibytes(totals.arrayBuffers)} MiB of it buffers\n`,
    );
});

it('were at least 20,000, and took neither long nor much memory', () => {
  expect(totals.inputs).toBeGreaterThanOrEqual(20_000);
  expect(totals.opened).toBeGreaterThan(1000);
  expect(totals.refused).toBeGreaterThan(1000);
  expect(totals.slowest).toBeLessThan(10_000);
  expect(totals.arrayBuffers).toBeLessThan(256 * 2 ** 20);
});
