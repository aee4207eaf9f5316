import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { zoo } from '../testing/zoo.ts';

let folder = '';
let pictures = '';
const inFolder = (name: string) => path.join(folder, name);
const network = ['alexnet/paper', '--width', '0.05', '--input-size', '67'];
const train = (out: string, ...more: string[]) =>
  zoo('train', ...network, '--data', pictures, '--epochs', '1', '--batch-size', '4', '--out', inFolder(out), ...more);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-train-options-'));
  pictures = await pictureFolder(inFolder('colours'), ['blue', 'red'], 4);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo train', () => {
  it('changes network, schedule, augmentation and class weights as the library does, and records all of it', async () => {
    const changes = [
      ['--groups', '1'],
      ['--dropout', '0.25'],
      ['--lrn', '3,5e-5,0.5,1,caffe'],
      ['--schedule', '{"kind":"cosine","warmup":0.2}'],
      ['--augment', 'flip,crop=2'],
      ['--class-weights', 'blue=2,red=0.5'],
    ].flat();
    const { code, err } = await train('run', ...changes);
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('zoo:') });
    const { options, spec } = await readRunRecord(inFolder('run/run.json'));
    expect(options.recipe).toMatchObject({
      schedule: { kind: 'cosine', warmup: 0.2 },
      augment: [
        { kind: 'randomCrop', padding: 2 },
        { kind: 'horizontalFlip', probability: 0.5 },
      ],
    });
    expect(options.classWeights).toEqual({ blue: 2, red: 0.5 });
    const layers = JSON.stringify(spec.layers);
    expect(layers).not.toContain('"groups":2');
    expect(layers).toContain('"rate":0.25');
    expect(layers).toMatch(/"size":3,"alpha":0.00005,"beta":0.5,"k":1,"convention":"caffe"/);
    expect(await readFile(inFolder('run/report.html'), 'utf8')).toContain('blue 2, red 0.5');
    const resumed = await zoo('train', '--resume', inFolder('run'), '--lrn', 'none', '--class-weights', 'balanced');
    expect(resumed).toMatchObject({ code: 2, out: '' });
    expect(resumed.err).toContain('--class-weights, --lrn: are fixed by');
    const longer = await zoo('train', '--resume', inFolder('run'), '--epochs', '2');
    expect(longer.code).toBe(0);
    expect((await readRunRecord(inFolder('run/run.json'))).options.classWeights).toEqual({ blue: 2, red: 0.5 });
  });

  it('finds mistakes in them before a backend starts, classes as soon as the data is there', async () => {
    const ended = await Promise.all([
      train('a', '--lrn', '4,1,1,1'),
      train('b', '--schedule', 'linear'),
      train('c', '--augment', 'flop'),
      train('d', '--class-weights', 'blue'),
      train('e', '--freeze', 'fetures', '--weights', pictures),
      train('f', '--class-weights', 'bleu=2'),
      train('g', '--augment', 'crop=1000'),
      train('h', '--augment', '[{"kind":"randomErasing","scale":[1,1]}]'),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
    const messages = ended.map(({ err }) => err);
    expect(messages[0]).toContain("'--lrn <numbers>' argument '4,1,1,1' is invalid. Expected an odd whole number");
    expect(messages[1]).toContain('Expected one of constant, cosine, plateau, step, one-cycle, polynomial, or JSON');
    expect(messages[2]).toContain('Expected some of flip, crop, resized-crop');
    expect(messages[3]).toContain('Expected balanced, or a weight above 0 by class');
    expect(messages[4]).toContain('fetures: alexnet/paper has no such layer; did you mean features?');
    expect(messages[6]).toContain(
      "--augment: crop has a padding of 1000, expected at most 66 for the network's pictures of 67x67: with more, a crop may lie in the black padding alone. Choose a smaller padding.",
    );
    expect(messages[7]).toContain('--augment: erasing has a scale of 1 to 1');
    for (const run of ['g', 'h']) expect(existsSync(inFolder(run))).toBe(false);
    for (const message of [...messages.slice(0, 5), ...messages.slice(6)])
      expect(message).not.toMatch(/^(wasm|cpu|node|webgpu)/m);
    expect(messages[5]).toContain('bleu: colours/training has no such class; did you mean blue?');
  });
});
