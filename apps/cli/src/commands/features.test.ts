import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { parseArray, parseNumber, parseString } from '@zoo/core';
import { features } from '@zoo/trainers';
import { openTensors, saveWeights } from '@zoo/weights';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPicture } from '../pictures/read-picture.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { field, fieldsOf, jsonLines, zoo } from '../testing/zoo.ts';

let folder = '';
let weights = '';
let pictures = '';
const inFolder = (name: string) => path.join(folder, name);
const run = (...args: string[]) => zoo('features', weights, ...args, '--backend', 'cpu');
const model = () => alexnet('cifar10-quick', { seed: 4, width: 0.25 });

/** What the library gives for a picture. */
async function expected(name: string, layer: string) {
  const { shape, values } = await features(model(), await readPicture(path.join(pictures, name), 3), { layer });
  return { shape, values: [...values] };
}

beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-features-'));
  weights = inFolder('own.safetensors');
  await saveWeights(model(), weights, {
    labels: ['red', ...Array.from({ length: 9 }, (_, index) => `class ${index}`)],
  });
  pictures = path.join(await pictureFolder(inFolder('colours'), ['blue', 'red'], 2), 'red');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo features', () => {
  it('prints the numbers of a layer for every picture, channels first', async () => {
    const { code, out } = await run(pictures, '--layer', 'features.0', '--json');
    expect(code).toBe(0);
    const rows = jsonLines(out);
    expect(rows.map((row) => field(row, 'image', parseString))).toEqual(
      ['0.png', '1.png'].map((name) => path.join(pictures, name)),
    );
    expect(fieldsOf(rows[0])).toEqual(['image', 'truth', 'layer', 'shape', 'values']);
    const { shape, values } = await expected('1.png', 'features.0');
    expect(shape).toEqual([8, 32, 32]);
    expect(field(rows[1], 'shape', parseArray(parseNumber()))).toEqual(shape);
    expect(field(rows[1], 'values', parseArray(parseNumber()))).toEqual(values);
  });

  it.each(['.npy', '.npz', '.safetensors'])('writes them to %s, a row a picture', async (ending) => {
    const file = inFolder(`out${ending}`);
    const { code, out } = await run(pictures, '--layer', 'features', '--out', file);
    expect(code).toBe(0);
    expect(out).toMatch(/^features\.8 \(pool3\) of \S+: 16 × 4 × 4 \(channels, height, width\)$/m);
    expect(out).toMatch(/^0\.png +\S+ +\S+ +\d+\.\d %$/m);
    expect(out).toContain(`Written  ${file}: features [2, 16, 4, 4]`);
    const opened = await openTensors(file);
    const [tensor] = opened.tensors.values();
    expect(tensor?.shape).toEqual([2, 16, 4, 4]);
    const rows = await Promise.all(['0.png', '1.png'].map((name) => expected(name, 'features.8')));
    expect([...((await tensor?.read()) ?? [])]).toEqual(rows.flatMap(({ values }) => values));
    if (ending === '.safetensors')
      expect(opened.metadata).toMatchObject({ layer: 'features.8', images: expect.stringContaining('0.png') });
    if (ending === '.npz') {
      expect([...opened.tensors.keys()]).toEqual(['features', 'names', 'labels']);
      // UTF-32, as NumPy has it.
      const archive = (await readFile(file)).toString('latin1').replaceAll('\0', '');
      for (const name of ['0.png', '1.png']) expect(archive).toContain(path.join(pictures, name));
    }
    await opened.close();
  });

  it('draws the maps of one picture', async () => {
    const file = inFolder('maps.png');
    const { code, out } = await run(path.join(pictures, '0.png'), '--layer', 'features.0', '--grid', file);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`Written  ${file}`) });
    const { width, height } = await sharp(await readFile(file)).metadata();
    // Eight maps of 32 by 32, four a row, beside the picture, as large as a screen lets them be.
    expect([width, height]).toEqual([1860, 915]);
    const drawn = inFolder('drawn.png');
    const other = await run(path.join(pictures, '0.png'), '--layer', 'conv1', '--out', drawn);
    expect(other).toMatchObject({ code: 0, out: expect.stringContaining(`Written  ${drawn}`) });
    expect(await readFile(drawn)).toEqual(await readFile(file));
  });

  it('tells pictures apart that are called the same', async () => {
    const { out } = await run(path.dirname(pictures), '--layer', 'conv1');
    for (const name of ['blue/0.png', 'red/0.png']) expect(out).toMatch(new RegExp(`^${name} +\\S+`, 'm'));
  });

  it.each(['features.0', 'conv1', 'Conv_1', 'module.features.0'])('understands the name %s', async (layer) => {
    const { code, out } = await run(path.join(pictures, '0.png'), '--layer', layer);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^features\.0 \(conv1\) of /) });
  });

  it('draws filters', async () => {
    const file = inFolder('filters.png');
    const { code, out } = await zoo('filters', weights, '-o', file);
    expect({ code, out }).toEqual({
      code: 0,
      out: `features.0 (conv1) of ${weights}: 8 filters of 5 × 5 × 3\nWritten  ${file}\n`,
    });
    const { width, height } = await sharp(await readFile(file)).metadata();
    expect([width, height]).toEqual([1890, 1077]);
    const json = jsonLines((await zoo('filters', weights, '-o', file, '--json')).out);
    expect(json).toEqual([{ layer: 'features.0', filters: 8, height: 5, width: 5, channels: 3, out: file }]);
    const { code: refused, err } = await zoo('filters', weights, '-o', inFolder('filters.jpg'));
    expect({ refused, err }).toEqual({ refused: 2, err: expect.stringContaining('filters.jpg does not end in .png') });
  });

  it('names the layers there are, and refuses what makes no sense', async () => {
    const picture = path.join(pictures, '0.png');
    const refusals = await Promise.all([
      run(picture, '--layer', 'feature.0'),
      run(picture),
      run(picture, '--layer', 'features.0', '--out', inFolder('a.txt')),
      run(pictures, '--layer', 'features.0', '--grid', inFolder('a.png')),
      run(picture, '--layer', 'features.0', '--grid', inFolder('a.jpg')),
      run(picture, '--layer', 'features.0', '--classes', '3'),
    ]);
    expect(refusals.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2]);
    const messages = refusals.map(({ err }) => err);
    expect(messages[0]).toMatch(
      /feature\.0: alexnet\/cifar10-quick has no such layer; did you mean features\.0\? Layers: features\.0, features\.1,/,
    );
    expect(messages[1]).toMatch(/^zoo: features: which layer\? Pass --layer with a name of alexnet\/cifar10-quick:$/m);
    expect(messages[1]).toMatch(/^ {2}features\.0 +conv1 +32 × 32 × 8$/m);
    expect(messages[1]).toMatch(/^ {2}classifier\.1 +ip2 +10$/m);
    expect(messages[2]).toContain(
      'a.txt its extension names no format. Use one of .npy, .npz, .safetensors, or in .png',
    );
    expect(messages[3]).toContain('--grid: shows one picture, not 2. Name one.');
    expect(messages[4]).toContain('a.jpg does not end in .png');
    expect(messages[5]).toMatch(
      /--classes: \S+ holds alexnet\/cifar10-quick with --classes 10, not 3\. Leave --classes out\.$/m,
    );
  });
});
