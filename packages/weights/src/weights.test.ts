import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel, modelWeights } from '@zoo/layers';
import { block, dense, flatten, type ModelSpec } from '@zoo/spec';
import { tensorFile } from '@zoo/testing/tensor-file';
import { tinySpec as tiny } from '@zoo/testing/tiny-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fillModel,
  loadModel,
  loadWeights,
  modelBytes,
  type NamedTensor,
  openTensors,
  saveTensors,
  saveWeights,
} from './index.ts';
import { modelTensors } from './model-tensors.ts';

const flat: ModelSpec = {
  ...tiny,
  input: [3, 2, 4],
  classes: 24,
  layers: [flatten({ call: true }), block('net', [dense('classes')])],
};

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-weights-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const numbers = (model: ReturnType<typeof buildModel>) =>
  modelWeights(model).map(({ variable }) => [...variable.dataSync()]);

describe('weights', () => {
  it('come back bit for bit, from a path, a URL, a Blob and bytes', async () => {
    const model = buildModel(tiny, { seed: 1 });
    const file = path.join(folder, 'tiny.safetensors');
    await saveWeights(model, file, { labels: ['a', 'b', 'c'] });
    const bytes = new Uint8Array(await readFile(file));
    for (const source of [file, pathToFileURL(file), new Blob([bytes]), bytes, bytes.slice().buffer]) {
      const other = buildModel(tiny, { seed: 2 });
      expect(numbers(other)).not.toEqual(numbers(model));
      const report = await loadWeights(other, source);
      expect(report.unused).toEqual([]);
      expect(report.loaded[0]).toBe('features.0.weight');
      expect(numbers(other)).toEqual(numbers(model));
    }
  });

  it('bring their spec and labels along', async () => {
    const model = buildModel(tiny, { seed: 1 });
    const file = path.join(folder, 'self.safetensors');
    await saveWeights(model, file, { labels: ['a', 'b', 'c'] });
    const loaded = await loadModel(file);
    expect(loaded.labels).toEqual(['a', 'b', 'c']);
    expect(numbers(loaded.model)).toEqual(numbers(model));
  });

  it('are written in the layout of PyTorch: a dense layer behind maps sees C, H, W', async () => {
    const model = buildModel(flat);
    // Maps are 3 high, 2 wide, 4 deep: each unit looks at one place of one map, counted as PyTorch flattens them.
    const weight = new Float32Array(24 * 24);
    for (let unit = 0; unit < 24; unit++) weight[unit * 24 + unit] = 1;
    const tensors = [
      { name: 'net.0.weight', shape: [24, 24], data: () => weight },
      { name: 'net.0.bias', shape: [24], data: () => new Float32Array(24) },
    ];
    await fillModel(model, tensorFile(tensors));
    const y = tf.tidy(() => model.predict(tf.reshape(tf.range(0, 24), [1, 3, 2, 4])));
    if (!(y instanceof tf.Tensor)) throw new Error('one tensor expected');
    const seen = [...y.dataSync()];
    for (let c = 0; c < 4; c++)
      for (let row = 0; row < 3; row++)
        for (let column = 0; column < 2; column++)
          expect(seen[(c * 3 + row) * 2 + column]).toBe((row * 2 + column) * 4 + c);
    const [written] = modelTensors(model);
    expect(await written?.data()).toEqual(weight);
  });

  it('load under the names of DataParallel, and say what was not used', async () => {
    const model = buildModel(tiny, { seed: 1 });
    const pieces: Uint8Array[] = [];
    for await (const piece of modelBytes(model, {
      tensors: [{ name: 'extra', shape: [1], data: () => Float32Array.of(1) }],
    }))
      pieces.push(piece.slice());
    const text = new TextDecoder('latin1');
    const head = text.decode(pieces[0]);
    const renamed = head
      .slice(8)
      .replaceAll('"features.', '"module.features.')
      .replaceAll('"classifier.', '"module.classifier.');
    const header = new TextEncoder().encode(renamed);
    const lead = new Uint8Array(8);
    new DataView(lead.buffer).setBigUint64(0, BigInt(header.length), true);
    const other = buildModel(tiny, { seed: 2 });
    const report = await loadWeights(other, new Blob([Buffer.concat([lead, header, ...pieces.slice(1)])]));
    expect(report.unused).toEqual(['extra']);
    expect(numbers(other)).toEqual(numbers(model));
  });

  it('of another class count are refused, and change nothing', async () => {
    const file = path.join(folder, 'five.safetensors');
    await saveWeights(buildModel({ ...tiny, classes: 5 }), file);
    const model = buildModel(tiny, { seed: 1 });
    const before = numbers(model);
    await expect(loadWeights(model, file)).rejects.toThrow(
      /classifier\.2\.weight is \[5,7\], but the model needs \[3,7\]\. The file is for 5 classes, the model for 3: build it with classes: 5/,
    );
    expect(numbers(model)).toEqual(before);
  });

  it('of another network are refused by name', async () => {
    const file = path.join(folder, 'other.safetensors');
    const other = { ...tiny, layers: [flatten({ call: true }), block('net', [dense('classes')])] };
    await saveWeights(buildModel(other), file);
    await expect(loadWeights(buildModel(tiny), file)).rejects.toThrow(
      /has no tensor features\.0\.weight; it has net\.0\.weight, net\.0\.bias/,
    );
  });

  it('that are not there, or are something else, are refused', async () => {
    const model = buildModel(tiny);
    await expect(loadWeights(model, path.join(folder, 'nothing'))).rejects.toThrow(
      /nothing: no such file, expected a file of weights\. Check the path/,
    );
    const file = path.join(folder, 'picture.png');
    await writeFile(file, 'not a checkpoint at all');
    await expect(openTensors(file)).rejects.toThrow(
      /picture\.png: its format is unknown, both by its \d+ bytes and by its name\. Pass one of pytorch/,
    );
    await expect(loadModel(await bare())).rejects.toThrow(
      /has no zoo\.spec in its metadata, so it was not written by the zoo/,
    );
  });

  it('leave no tensor behind where a file cannot be loaded, and build nothing that the file does not hold', async () => {
    const wide = { ...tiny, layers: [flatten({ call: true }), block('net', [dense(30_000), dense('classes')])] };
    const withSpec = async (spec: ModelSpec, held: NamedTensor[]) => {
      const file = path.join(folder, 'unlike.safetensors');
      await saveTensors(file, held, { metadata: { 'zoo.spec': JSON.stringify(spec) } });
      return file;
    };
    const broken = await withSpec(
      tiny,
      modelTensors(buildModel(tiny)).map((tensor) =>
        tensor.name === 'features.0.bias'
          ? { ...tensor, data: async () => Float32Array.of(1, 2, Number.NaN, 4) }
          : tensor,
      ),
    );
    const before = tf.memory().numTensors;
    await expect(loadModel(broken)).rejects.toMatchObject({ code: 'not-finite' });
    await expect(loadModel(await withSpec(wide, []))).rejects.toThrow('has no tensor net.0.weight');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('are loaded into a model, which is looked at before the file', async () => {
    for (const call of [loadWeights, saveWeights])
      await expect(Reflect.apply(call, undefined, [null, 'no-such-file.npz'])).rejects.toThrow(
        'A model is expected, found null. Pass one of buildModel() or loadModel().',
      );
    await expect(loadModel('')).rejects.toThrow('openTensors: is given an empty text. Give a path,');
  });

  it('leave a good file in place when writing breaks off', async () => {
    const file = path.join(folder, 'kept.safetensors');
    await saveWeights(buildModel(tiny, { seed: 1 }), file);
    const before = await readFile(file);
    const broken = { name: 'broken', shape: [1], data: () => Promise.reject(new Error('the device is gone')) };
    await expect(saveWeights(buildModel(tiny, { seed: 2 }), file, { tensors: [broken] })).rejects.toThrow(
      'the device is gone',
    );
    expect((await readFile(file)).equals(before)).toBe(true);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

/** A file with tensors, but without metadata. */
async function bare(): Promise<Uint8Array> {
  const { safetensorsBytes } = await import('@zoo/tensor-files/safetensors');
  const pieces: Uint8Array[] = [];
  for await (const piece of safetensorsBytes([])) pieces.push(piece.slice());
  return new Uint8Array(Buffer.concat(pieces));
}
