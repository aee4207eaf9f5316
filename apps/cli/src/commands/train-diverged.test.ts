import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseString } from '@zoo/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { field, jsonLines, zoo } from '../testing/zoo.ts';

const network = ['alexnet/cifar10-quick', '--width', '0.1', '--threads', '1'];

let folder = '';
let pictures = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
const train = (out: string, ...more: string[]) =>
  zoo('train', ...network, '--data', pictures, '--epochs', '3', '--batch-size', '4', '--out', out, ...more);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-diverged-'));
  pictures = await pictureFolder(inFolder('colours'), ['blue', 'green', 'red'], 20);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const wild = ['--optimizer', 'sgd', '--lr', '1e9', '--momentum', '0'];

describe('a training that diverges', () => {
  it.each([
    ['in mid-epoch', '4'],
    ['in the last step of an epoch', '64'],
  ])('ends with an error that says what to try, %s', async (name, batch) => {
    const run = inFolder(`diverged-${batch}`);
    const { code, out, err } = await train(run, ...wild, '--batch-size', batch, '--json');
    expect({ name, code }).toEqual({ name, code: 1 });
    expect(err).toMatch(
      /^zoo: (train: .+ at step \d+ of epoch \d, with learning rate \S+: training has diverged\. Start again|alexnet\/cifar10-quick: gives)/m,
    );
    expect(err).toContain('Start again with --lr 0.001, as the preset has it.');
    expect(out).not.toContain('null');
    for (const file of ['weights.safetensors', 'report.html']) expect(existsSync(path.join(run, file))).toBe(false);
    await readRunRecord(path.join(run, 'run.json'));
  });

  it('takes no rate that could not be read back', async () => {
    const { code, err } = await train(inFolder('huge'), '--lr', '1e10');
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('Expected a number above 0, and at most 1e9.'),
    });
  });

  it('classify, eval and features refuse a checkpoint with NaN, naming the tensor', async () => {
    const run = inFolder('good');
    expect((await train(run)).code).toBe(0);
    const weights = path.join(run, 'weights.safetensors');
    const bytes = await readFile(weights);
    // The last number of the file is one of the last layer's.
    bytes.writeFloatLE(Number.NaN, bytes.length - 4);
    await writeFile(weights, bytes);
    const picture = path.join(pictures, 'red', '0.png');
    const ended = await Promise.all([
      zoo('classify', run, picture),
      zoo('eval', run),
      zoo('features', weights, picture, '--layer', 'features', '--out', inFolder('features.npz')),
    ]);
    for (const { code, err } of ended) {
      expect(code).toBe(1);
      expect(err).toMatch(/weights\.safetensors: classifier\.\d\.\w+ holds NaN, expected finite values\./);
    }
  });
});

describe('a run that diverged', () => {
  const picture = () => path.join(pictures, 'red', '0.png');
  /** What the commands say of a run, which none of them advises to resume. */
  const said = async (run: string, again: string) => {
    const ended = {
      verify: await zoo('verify', run),
      eval: await zoo('eval', run),
      classify: await zoo('classify', run, picture()),
      features: await zoo('features', run, picture(), '--layer', 'features', '--out', inFolder('features.npz')),
    };
    for (const { err } of Object.values(ended)) {
      expect(err).not.toContain('--resume');
      expect(err).toContain(again);
    }
    return ended;
  };

  it('before its first checkpoint has nothing to test, and is trained again', async () => {
    const run = inFolder('at-once');
    const again = 'Start again with --lr 0.001, as the preset has it.';
    expect((await train(run, ...wild)).code).toBe(1);
    expect(await readRunRecord(path.join(run, 'run.json'))).toMatchObject({ state: 'failed', diverged: true });
    const { verify, ...others } = await said(run, again);
    expect(verify).toMatchObject({ code: 1, out: '' });
    expect(verify.err).toContain(
      `${run}: is failed, expected a finished run: only its final test can be verified. Its training diverged, and would again. It keeps no checkpoint. ${again}`,
    );
    for (const { code, err } of Object.values(others)) {
      expect(code).toBe(1);
      expect(err).toContain(
        `${run}: has no weights yet. Its training diverged, and would again. It keeps no checkpoint. ${again}`,
      );
    }
    const refused = await train(run);
    expect(refused).toMatchObject({ code: 2, err: expect.not.stringContaining('--resume') });
    expect(refused.err).toContain(
      `${run}: holds a run already, whose training diverged. Replace it by --overwrite, or choose another --out.`,
    );
  });

  it('after an epoch is said to keep its checkpoint, which the others use', async () => {
    const run = inFolder('later');
    const again = 'Start again with --lr 0.0001.';
    // The rate is a good one in the first epoch, and far too high in the second.
    const rising = ['--optimizer', 'sgd', '--lr', '0.001', '--schedule', '{"kind":"step","after":[1],"factor":1e9}'];
    expect((await train(run, ...rising, '--keep-best', '--ema', '0.5')).code).toBe(1);
    const { verify, ...others } = await said(run, again);
    expect(verify.code).toBe(1);
    expect(verify.err).toMatch(
      /later: is failed, expected a finished run: .+\. Its training diverged, and would again\. Its last checkpoint, of epoch 1 of 3, is kept: .+ eval \S+later tests it\. Start again with --lr 0\.0001\.$/m,
    );
    for (const { code, err } of Object.values(others)) {
      expect(code).toBe(0);
      expect(err).toContain(
        `${run}: its training diverged after 1 of 3 epochs; these are the weights of its last checkpoint. ${again}`,
      );
    }
    const best = await zoo('eval', path.join(run, 'best'));
    expect(best.err).toContain(
      `its training diverged after 1 of 3 epochs; these are the weights of its best epoch so far. ${again}`,
    );
    const averaged = await zoo('eval', path.join(run, 'ema'));
    expect(averaged).toMatchObject({ code: 1, err: expect.not.stringContaining('--resume') });
    expect(averaged.err).toContain('they are written after its last epoch. Its training diverged, and would again.');
  });
});

describe('a training that learns nothing', () => {
  it('says so in words, in its events and in its report', async () => {
    const run = inFolder('nothing');
    const args = ['--lr', '1e-9', '--epochs', '4'];
    const { code, out, err } = await train(run, ...args, '--json');
    expect(code).toBe(0);
    const last = jsonLines(out).findLast((event) => field(event, 'type', parseString) === 'epoch');
    expect(last).toMatchObject({
      warnings: expect.arrayContaining([
        {
          kind: 'flat-loss',
          epochs: 4,
          loss: expect.any(Number),
          guessing: expect.any(Number),
          message: expect.stringContaining('at chance level'),
        },
        {
          kind: 'one-class',
          label: expect.any(String),
          examples: 5,
          message: expect.stringContaining('every one of the 5 test pictures'),
        },
      ]),
    });
    expect(err).toMatch(
      /^Every one of the 5 test pictures is classified as \w+: the network does not distinguish the classes\. Try /m,
    );
    expect(err).toMatch(/^After \d epochs the loss is 1\.\d+, at chance level \(1\.09\d\)/m);
    const tested = await zoo('eval', run);
    expect(tested.code).toBe(0);
    expect(tested.err).toMatch(
      /nothing: every one of the 5 test pictures is classified as \w+: the network does not distinguish the classes\. Check that it is trained/,
    );
    expect(await readFile(path.join(run, 'report.html'), 'utf8')).toContain(
      'Every one of the 5 test pictures is classified as',
    );
  });
});

describe('few pictures', () => {
  it('are learned at the first try, by a recipe that fits them', async () => {
    const run = inFolder('few');
    const { code, out, err } = await zoo('train', ...network, '--data', pictures, '--out', run);
    expect(code).toBe(0);
    expect(err).toMatch(/^colours: 55 training pictures are few for the preset's recipe, which is for 50,000\./m);
    expect(out).toMatch(/Test accuracy {2}100\.0 %/);
    const { options, spec } = await readRunRecord(path.join(run, 'run.json'));
    expect(options.recipe).toMatchObject({ batchSize: 8, optimizer: { kind: 'adam' } });
    expect(spec.recipe).toEqual(options.recipe);
    const refused = await zoo('train', '--resume', run, '--recipe', 'preset');
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('--recipe: is fixed by') });
  });
});
