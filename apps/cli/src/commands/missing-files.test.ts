import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { saveWeights } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureFolder } from '../testing/pictures.ts';
import { startZoo, zooIn } from '../testing/zoo.ts';

let folder = '';

beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-missing-'));
  await saveWeights(alexnet('cifar10-quick', { width: 0.1 }), path.join(folder, 'own.safetensors'));
  await pictureFolder(path.join(folder, 'colours'), ['blue', 'red'], 2);
  const labels = Array.from({ length: 10 }, (_, index) => `kind ${index}`);
  await saveWeights(alexnet('cifar10-quick', { width: 0.1 }), path.join(folder, 'named.safetensors'), { labels });
  await saveWeights(alexnet('cifar10-quick', { width: 0.1, classes: 3 }), path.join(folder, 'three.safetensors'));
  const whole = await readFile(path.join(folder, 'own.safetensors'));
  await writeFile(path.join(folder, 'cut.safetensors'), whole.subarray(0, 900));
  await mkdir(path.join(folder, 'empty'));
  await pictureFolder(path.join(folder, 'damaged'), ['blue', 'red'], 2);
  const png = path.join(folder, 'damaged', 'red', '1.png');
  await writeFile(png, (await readFile(png)).subarray(0, 300));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A backend that has started says so in a line of its own. */
const backendLines = (err: string): string[] =>
  err
    .trim()
    .split('\n')
    .filter((text) => /^(wasm|cpu|node|node-gpu|webgpu): /.test(text));

describe('a missing file', () => {
  it.each([
    ['eval nope.pth --data colours', 'nope.pth: no such file or folder'],
    ['eval own.safetensors --data nope', '--data nope: there is no such data set, and no such folder'],
    ['classify nope.pth colours', 'nope.pth: no such file or folder'],
    ['classify own.safetensors nope.png', 'nope.png: no such file or folder'],
    ['classify own.safetensors colours --labels nope.txt', '--labels nope.txt: is not there'],
    ['features nope.pth colours --layer conv1', 'nope.pth: no such file or folder'],
    ['features own.safetensors nope.png --layer conv1', 'nope.png: no such file or folder'],
    ['features torchvision colours --layer conv11', 'has no such layer; did you mean conv1?'],
    ['convert nope.pth a.onnx', 'nope.pth: no such file or folder'],
    ['convert own.safetensors a.onnx --check nope.npz', '--check: nope.npz: no such file'],
    ['summary nope.pth', 'nope.pth: no such file or folder'],
    ['train alexnet/cifar10-quick --data nope', '--data nope: there is no such data set'],
    ['train alexnet/cifar10-quick --data colours --weights nope.pth', 'nope.pth: no such file or folder'],
    ['train --resume nope', 'expected a run of zoo train'],
    ['compare nope nope2', 'expected a run of zoo train'],
  ])('is noticed before a backend starts: zoo %s', async (line, message) => {
    const { code, out, err } = await zooIn(folder, ...line.split(' '));
    expect(code).toBeGreaterThan(0);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(backendLines(err)).toEqual([]);
  });
});

describe('what is wrong with weights', () => {
  it.each([
    // A folder without pictures would be told if it were looked into first.
    ['classify cut.safetensors empty', 'cut.safetensors: '],
    ['eval cut.safetensors --data empty', 'cut.safetensors: '],
    ['features cut.safetensors empty --layer conv1', 'cut.safetensors: '],
    ['classify own.safetensors empty --model alexnet/torchvision', 'own.safetensors: '],
    ['eval own.safetensors --model lenet/modern --data empty', 'own.safetensors: '],
    ['convert own.safetensors a.onnx --model alexnet/torchvision', 'own.safetensors: '],
    ['train alexnet/cifar10-quick --data empty --weights cut.safetensors', 'cut.safetensors: '],
    ['train lenet/modern --data empty --weights own.safetensors', 'own.safetensors: '],
    ['classify own.safetensors empty', 'empty: has no pictures'],
  ])('is noticed before pictures are read and a backend starts: zoo %s', async (line, message) => {
    const { code, err } = await zooIn(folder, ...line.split(' '));
    expect(code).toBeGreaterThan(0);
    expect(err).toMatch(new RegExp(`^zoo: ${message.replaceAll('.', '\\.')}`, 'm'));
    expect(backendLines(err)).toEqual([]);
  });

  it.each([
    ['named.safetensors', 'fashion-mnist: its classes T-shirt/top, Trouser, Pullover, '],
    ['torchvision', 'fashion-mnist: its classes T-shirt/top, Trouser, Pullover, '],
    ['three.safetensors', 'fashion-mnist: has 10 classes, but three.safetensors tells 3 apart.'],
  ])('is noticed before a data set or weights are fetched: %s', async (weights, message) => {
    const env = { XDG_CACHE_HOME: path.join(folder, 'cache'), ZOO_CACHE: path.join(folder, 'cache') };
    const options = { cwd: folder, env };
    const { code, err } = await startZoo(['eval', weights, '--data', 'fashion-mnist'], options).ended;
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).not.toContain('download');
    expect(backendLines(err)).toEqual([]);
  });
});

describe('damaged pictures', () => {
  it('are named before a backend starts', async () => {
    const line = ['train', 'alexnet/cifar10-quick', '--data', 'damaged', '--out', 'run'];
    const { code, err } = await zooIn(folder, ...line);
    expect(code).toBe(1);
    expect(err).toMatch(/damaged: 1 of 4 pictures cannot be read\..+\n {2}\S*1\.png: damaged or cut short PNG file/);
    expect(backendLines(err)).toEqual([]);
  });
});

describe('arguments in the wrong order', () => {
  it.each([
    [
      'classify colours/red/0.png own.safetensors',
      'colours/red/0.png: is a picture',
      'classify own.safetensors colours/red/0.png.',
    ],
    [
      'features colours/red own.safetensors --layer conv1',
      'colours/red: is a folder of pictures',
      'features own.safetensors colours/red.',
    ],
    ['classify colours own.safetensors', 'colours: is a folder of pictures', 'classify own.safetensors colours.'],
    [
      'classify colours/red/0.png torchvision',
      'colours/red/0.png: is a picture',
      'classify torchvision colours/red/0.png.',
    ],
    ['classify colours/red/0.png', 'colours/red/0.png: is a picture', 'classify runs/first colours/red/0.png.'],
    ['eval colours/red/0.png', 'colours/red/0.png: is a picture', 'eval runs/first.'],
  ])('are told, with the right one: zoo %s', async (line, what, meant) => {
    const { code, err } = await zooIn(folder, ...line.split(' '));
    expect(code).toBe(2);
    expect(err).toContain(`zoo: ${what}, expected a run or weights in the first place.`);
    expect(err).toContain(meant);
  });
});
