import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { presets } from '@zoo/alexnet';
import { buildModel } from '@zoo/layers';
import { configure, layerNamed } from '@zoo/spec';
import { saveTensors, saveWeights, weightsOfSpec } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRunRecord } from '../run/run-record.ts';
import { jsonLines, zoo } from '../testing/zoo.ts';

let folder = '';
const inFolder = (name: string) => path.join(folder, name);
const spec = configure(presets['cifar10-quick'], { classes: 2, width: 0.25 });

beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-summary-'));
  await saveWeights(buildModel(spec), inFolder('own.safetensors'));
  await mkdir(inFolder('run'));
  await writeRunRecord(inFolder('run/run.json'), {
    state: 'finished',
    preset: 'alexnet/cifar10-quick',
    commands: [],
    machine: { system: 'Linux', processor: 'any', threads: 1, memory: 1 },
    startedAt: '2026-01-01T00:00:00.000Z',
    data: { given: 'pets', name: 'pets', classes: ['cat', 'dog'], training: 8, test: 2 },
    options: { recipe: spec.recipe, seed: 0 },
    versions: { zoo: '0', tfjs: '4', node: '20', backend: 'cpu' },
    epochs: [],
    steps: [],
    spec,
  });
  const theirs = weightsOfSpec(configure(presets.torchvision, { width: 0.05, classes: 5 }));
  await saveTensors(
    inFolder('theirs.pth'),
    theirs.map(({ name, shape }) => ({
      name,
      shape,
      data: () => new Float32Array(shape.reduce((product, size) => product * size, 1)),
    })),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo summary', () => {
  it('shows the names that --layer takes, and what each layer does', async () => {
    const { code, out } = await zoo('summary', 'alexnet/paper');
    expect(code).toBe(0);
    expect(out).toContain('Input 227 × 227 × 3 (height, width, channels), 1,000 classes.');
    expect(out).toMatch(/^features\.4 +conv2 +27 × 27 × 256 +307,456 {2}Conv 5×5, padding 2, groups 2$/m);
    expect(out).toMatch(/^features\.2 +norm1 .+LRN 5 channels, α 0\.0001 as in TensorFlow, β 0\.75, k 2$/m);
    expect(out).toContain('60,965,224 parameters (243.9 MB), 725.1 M mult-adds a picture');
    const rows = out.split('\n').filter((line) => /^(features|classifier)\.\d/.test(line));
    expect(rows).toHaveLength(22);
    for (const row of rows) {
      const [name = '', also = ''] = row.split(/ +/);
      expect(layerNamed(presets.paper, also).path).toBe(name);
    }
  });

  it('shows the network of a run, of a file, of published weights, and of a file with --model, without a backend', async () => {
    const [run, file, known, theirs, bare] = await Promise.all([
      zoo('summary', inFolder('run')),
      zoo('summary', inFolder('own.safetensors'), '--style', 'json'),
      zoo('summary', 'bvlc-caffenet', '--style', 'json'),
      zoo('summary', inFolder('theirs.pth'), '--model', 'alexnet/torchvision', '--classes', '7'),
      zoo('summary', inFolder('theirs.pth')),
    ]);
    expect([run, file, known].map(({ code, err }) => ({ code, err }))).toEqual(
      Array.from({ length: 3 }, () => ({ code: 0, err: '' })),
    );
    expect(theirs.code).toBe(0);
    expect(theirs.err).toContain('The file is for 5 classes, the model for 7: pass --classes 5.');
    expect(run.out).toContain('2 classes: cat, dog.');
    expect(run.out).toContain('Trained on pets, 0 of 10 epochs; finished.');
    expect(jsonLines(file.out)[0]).toMatchObject({ preset: 'alexnet/cifar10-quick', classes: 2 });
    expect(jsonLines(known.out)[0]).toMatchObject({ preset: 'alexnet/caffenet', classes: 1000 });
    expect(theirs.out).toContain('alexnet/torchvision');
    expect(theirs.out).toMatch(/^classifier\.6 +fc8 +7 +1,442 {2}Dense$/m);
    expect(bare.err).toContain('theirs.pth: read as alexnet/torchvision --width 0.05 --classes 5');
    expect(bare.out).toMatch(/^classifier\.6 +fc8 +5 +1,030 {2}Dense$/m);
  });

  it('takes options that agree with the network of a run or a file, and says both values where they do not', async () => {
    const theirs = inFolder('theirs.pth');
    const agreed = await Promise.all([
      zoo('summary', theirs, '--width', '0.05', '--classes', '5', '--in-channels', '3', '--dropout', '0.5'),
      zoo('summary', inFolder('run'), '--classes', '2', '--input-size', '32'),
      zoo('summary', inFolder('own.safetensors'), '--classes', '2'),
      zoo('summary', 'bvlc-caffenet', '--groups', '2', '--width', '1'),
    ]);
    expect(agreed.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(agreed[0]?.err).toContain('read as alexnet/torchvision --width 0.05 --classes 5');
    const refused = await Promise.all([
      zoo('summary', theirs, '--width', '0.5'),
      zoo('summary', theirs, '--dropout', '0.2'),
      zoo('summary', inFolder('own.safetensors'), '--in-channels', '1'),
      zoo('summary', 'bvlc-caffenet', '--lrn', '5,1e-4,0.75,2'),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(refused[0]?.err).toMatch(
      /theirs\.pth holds alexnet\/torchvision with --width 0\.05, not 0\.5\. Leave --width out\.$/m,
    );
    expect(refused[1]?.err).toMatch(
      /with --dropout 0\.5, not 0\.2\. Leave --dropout out, or pass --model alexnet\/torchvision too/,
    );
    expect(refused[2]?.err).toMatch(/with --in-channels 3, not 1\./);
    expect(refused[3]?.err).toMatch(
      /bvlc-caffenet holds alexnet\/caffenet with --lrn 5,0\.0001,0\.75,1, not 5,0\.0001,0\.75,2\./,
    );
  });

  it('refuses what it cannot know, and what makes no sense', async () => {
    const ended = await Promise.all([
      zoo('summary', inFolder('missing.pth')),
      zoo('summary', inFolder('run'), '--classes', '3'),
      zoo('summary', 'alexnet/paper', '--model', 'alexnet/paper'),
      zoo('summary', 'alexnet/papr'),
      zoo('summary', 'alexnet/torchvision', '--groups', '2'),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([1, 2, 2, 2, 2]);
    expect(ended[0]?.err).toContain('missing.pth: no such file or folder');
    expect(ended[1]?.err).toMatch(
      /--classes: \S+ holds alexnet\/cifar10-quick with --classes 2, not 3\. Leave --classes out\.$/m,
    );
    expect(ended[2]?.err).toContain('--model: alexnet/paper is no file of weights');
    expect(ended[3]?.err).toContain('did you mean alexnet/paper?');
    expect(ended[4]?.err).toContain('--groups: alexnet/torchvision has no convolution in groups');
  });
});
