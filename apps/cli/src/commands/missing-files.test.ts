import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { saveWeights } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureFolder } from '../testing/pictures.ts';
import { startZoo } from '../testing/zoo.ts';

let folder = '';

beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-missing-'));
  await saveWeights(alexnet('cifar10-quick', { width: 0.1 }), path.join(folder, 'own.safetensors'));
  await pictureFolder(path.join(folder, 'colours'), ['blue', 'red'], 2);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a missing file', () => {
  it.each([
    ['eval nope.pth --data colours', 'nope.pth: no such file or folder'],
    ['eval own.safetensors --data nope', '--data nope: there is no such data set, and no such folder'],
    ['classify nope.pth colours', 'nope.pth: no such file or folder'],
    ['classify own.safetensors nope.png', 'nope.png: no such file or folder'],
    ['classify own.safetensors colours --labels nope.txt', '--labels nope.txt: cannot be read'],
    ['features nope.pth colours --layer conv1', 'nope.pth: no such file or folder'],
    ['features own.safetensors nope.png --layer conv1', 'nope.png: no such file or folder'],
    ['features torchvision colours --layer conv11', 'has no such layer; did you mean conv1?'],
    ['convert nope.pth a.onnx', 'nope.pth: no such file or folder'],
    ['convert own.safetensors a.onnx --check nope.npz', '--check: nope.npz: no such file'],
    ['summary nope.pth', 'nope.pth: no such file or folder'],
    ['train alexnet/cifar10-quick --data nope', '--data nope: there is no such data set'],
    ['train alexnet/cifar10-quick --data colours --weights nope.pth', 'nope.pth: no such file or folder'],
    ['train --resume nope', 'expected the record of a run'],
    ['compare nope nope2', 'expected the record of a run'],
  ])('is noticed before a backend starts: zoo %s', async (line, message) => {
    const { code, out, err } = await startZoo(line.split(' '), { cwd: folder }).ended;
    expect(code).toBeGreaterThan(0);
    expect(out).toBe('');
    expect(err).toContain(message);
    // A backend that has started says so in a line of its own.
    expect(
      err
        .trim()
        .split('\n')
        .filter((text) => /^(wasm|cpu|node|node-gpu|webgpu): /.test(text)),
    ).toEqual([]);
  });
});
