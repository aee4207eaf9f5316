import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTensors } from '../../open-tensors.ts';
import { tensorFiles } from '../../save-tensors.ts';
import type { NamedTensor } from '../../tensor.ts';
import { tfjsFixture } from '../../testing/tfjs-fixture.ts';

const { tensors, shards, json } = await tfjsFixture();
const model = (value: unknown) => new File([typeof value === 'string' ? value : JSON.stringify(value)], 'model.json');
const parsed = (): { weightsManifest: { paths: string[]; weights: Record<string, unknown>[] }[] } =>
  JSON.parse(new TextDecoder().decode(json));
const floats = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync(), Number);

/** One weight in one shard. */
const one = (weight: object, bytes: Uint8Array, paths = ['shard1.bin']) => [
  model({ weightsManifest: [{ paths, weights: [weight] }] }),
  new File([new Uint8Array(bytes)], 'shard1.bin'),
];

describe('model.json', () => {
  it('may be a list of groups alone', async () => {
    const file = await openTensors([...shards, model(parsed().weightsManifest)]);
    expect([...file.tensors.keys()]).toEqual(['conv/kernel', 'conv/bias', 'count', 'mask']);
    expect(await file.tensors.get('conv/bias')?.read()).toEqual(Float32Array.of(0.1, 0.2, 0.3));
  });

  it('and its shards hold what TensorFlow.js put there', async () => {
    const file = await openTensors([...shards, model(new TextDecoder().decode(json))]);
    expect([...file.tensors.values()].map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual([
      ['conv/kernel', 'F32', [1, 2, 3]],
      ['conv/bias', 'F32', [3]],
      ['count', 'I32', []],
      ['mask', 'BOOL', [3]],
    ]);
    for (const { name, tensor } of tensors) expect(await file.tensors.get(name)?.read(), name).toEqual(floats(tensor));
    expect(await file.tensors.get('conv/kernel')?.readPart?.(2, 3)).toEqual(Float32Array.of(3.25, 1e-20, 5));
  });

  it.each([
    ['float16', { dtype: 'float16', original_dtype: 'float32' }, Uint8Array.of(0, 0x3c, 0, 0xc0, 0x55, 0x35, 1, 0)],
    ['uint8', { dtype: 'uint8', min: -1.5, scale: 0.02, original_dtype: 'float32' }, Uint8Array.of(0, 7, 128, 255)],
    [
      'uint16',
      { dtype: 'uint16', min: 3, scale: 1e-4, original_dtype: 'float32' },
      Uint8Array.of(0, 0, 7, 1, 255, 255, 9, 9),
    ],
  ] as const)('that was quantised to %s is read as TensorFlow.js reads it', async (_, quantization, bytes) => {
    const weight = { name: 'x', shape: [4], dtype: 'float32' as const, quantization };
    const wanted = floats(tf.io.decodeWeights(new Uint8Array(bytes).buffer, [weight]).x ?? tf.scalar(0));
    const file = await openTensors(one(weight, bytes));
    const values = await file.tensors.get('x')?.read();
    expect(values).toEqual(wanted);
    expect(await file.tensors.get('x')?.readPart?.(1, 2)).toEqual(wanted.slice(1, 3));
  });

  it('that is written is read by TensorFlow.js', async () => {
    const written: NamedTensor[] = tensors.slice(0, 2).map(({ name, tensor }) => ({
      name,
      shape: tensor.shape,
      data: () => floats(tensor),
    }));
    const files = new Map<string, ArrayBuffer>();
    for (const { path, bytes } of await tensorFiles('model.json', written)) {
      const pieces: BlobPart[] = [];
      for await (const piece of bytes()) pieces.push(new Uint8Array(piece));
      files.set(path, await new Blob(pieces).arrayBuffer());
    }
    const manifest: { weightsManifest: tf.io.WeightsManifestConfig } = JSON.parse(
      new TextDecoder().decode(files.get('model.json')),
    );
    const load = tf.io.weightsLoaderFactory(async (paths) =>
      paths.map((path) => files.get(path.replace(/^\//, '')) ?? new ArrayBuffer(0)),
    );
    const loaded = await load(manifest.weightsManifest);
    for (const { name, tensor } of tensors.slice(0, 2)) expect(loaded[name]?.dataSync()).toEqual(floats(tensor));
  });

  it.each([
    '../secret.bin',
    '/etc/passwd',
    'a/../../secret.bin',
    '..\\secret.bin',
    'C:/secret.bin',
    'file:///etc/passwd',
    'https://example.org/shard1.bin',
    './shard1.bin',
    'a//b',
    '',
  ])('that names the shard %j is refused', async (path) => {
    const weight = { name: 'x', shape: [1], dtype: 'float32' };
    await expect(openTensors(one(weight, new Uint8Array(4), [path]))).rejects.toThrow(
      /model\.json: names the file ".*", which may lie outside its folder, so it is not opened/,
    );
  });

  it('whose shard has a name of half a character is refused', async () => {
    const weight = { name: 'x', shape: [1], dtype: 'float32' };
    await expect(openTensors(one(weight, new Uint8Array(4), ['\ud800.bin']))).rejects.toThrow(
      'model.json: names the file "\\ud800.bin", which is no text that a file can be called. Write the file again.',
    );
    const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-shards-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'model.json');
    await writeFile(file, JSON.stringify({ weightsManifest: [{ paths: ['a\udfff.bin'], weights: [weight] }] }));
    await expect(openTensors(file)).rejects.toThrow('names the file "a\\udfff.bin", which is no text');
  });

  const x = { name: 'x', shape: [2], dtype: 'float32' };
  it.each<[string, File[], RegExp]>([
    [
      'without its shard',
      [model({ weightsManifest: [{ paths: ['b.bin'], weights: [x] }] })],
      /model\.json: needs b\.bin, which is not among the files passed/,
    ],
    ['with a short shard', one(x, new Uint8Array(7)), /x ends at byte 8, but its shards at 7/],
    ['with a long shard', one(x, new Uint8Array(9)), /has shards of 9 bytes, but its weights take 8/],
    [
      'of a negative size',
      one({ ...x, shape: [-2] }, new Uint8Array(8)),
      /weights\[0\]\.shape\[0\]: expected a whole number from 0/,
    ],
    [
      'of a size beyond counting',
      one({ ...x, shape: [2 ** 40, 2 ** 40] }, new Uint8Array(8)),
      /x ends at byte \d[\d.e+]*, but its shards at 8/,
    ],
    [
      'quantised in another way',
      one({ ...x, quantization: { dtype: 'int4' } }, new Uint8Array(8)),
      /quantization\.dtype: is "int4", not one of uint8/,
    ],
    [
      'quantised without a scale',
      one({ ...x, quantization: { dtype: 'uint8', min: 0 } }, new Uint8Array(2)),
      /quantization\.scale: expected a number/,
    ],
    ['without weights', [model({ modelTopology: {} })], /weightsManifest: expected a list/],
    ['that is no JSON', [model('{"weightsManifest": [')], /model\.json: is no JSON/],
  ])('%s is refused', async (_, files, message) => {
    await expect(openTensors(files)).rejects.toThrow(message);
  });

  it('passes over texts, which lie between weights', async () => {
    // Two texts of one and of no bytes, then a float.
    const bytes = Uint8Array.of(1, 0, 0, 0, 97, 0, 0, 0, 0, 0, 0, 128, 63);
    const labels = { name: 'labels', shape: [2], dtype: 'string' };
    const weights = [labels, { name: 'w', shape: [1], dtype: 'float32' }];
    const file = await openTensors([
      model({ weightsManifest: [{ paths: ['a.bin'], weights }] }),
      new File([bytes], 'a.bin'),
    ]);
    expect([...((await file.tensors.get('w')?.read()) ?? [])]).toEqual([1]);
    await expect(file.tensors.get('labels')?.read()).rejects.toThrow(/labels: holds texts, which are not read/);
  });

  it('with two weights of a name is refused', async () => {
    const manifest = parsed();
    const [group] = manifest.weightsManifest;
    for (const weight of group?.weights ?? []) weight.name = 'x';
    await expect(openTensors([...shards, model(manifest)])).rejects.toThrow(/has two weights of the name x/);
  });
});
