import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseNumber } from '@zoo/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOf } from '../run/best-of.ts';
import { readRunRecord, writeRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { field, fieldsOf, jsonLines, zoo } from '../testing/zoo.ts';

let folder = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-compare-'));
  const data = await pictureFolder(inFolder('colours'), ['blue', 'red'], 6);
  const train = (out: string, ...more: string[]) =>
    zoo('train', 'alexnet/cifar10-quick', '--data', data, '--threads', '1', '--out', inFolder(out), ...more);
  const trained = [
    await train('a', '--width', '0.1', '--epochs', '2', '--batch-size', '4'),
    await train('b', '--width', '0.2', '--epochs', '3', '--batch-size', '4', '--lr', '0.01'),
  ];
  expect(trained.map(({ code }) => code)).toEqual([0, 0]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo compare', () => {
  it('says what differs first, then what came of it', async () => {
    const { code, out } = await zoo('compare', inFolder('a'), inFolder('b'));
    expect(code).toBe(0);
    for (const row of [/^width +0\.1 +0\.2$/m, /^epochs +2 +3$/m, /^learning rate +\S+ +0\.01$/m])
      expect(out).toMatch(row);
    expect(out).not.toMatch(/^batch size/m);
    for (const row of [/^top-1 +\S+ % +\S+ %$/m, /^test loss/m, /^training time/m, /^images\/s/m, /^parameters/m])
      expect(out).toMatch(row);
    expect(out.indexOf('width')).toBeLessThan(out.indexOf('top-1'));
    expect(out).toMatch(/The same in all: preset, .*batch size/);
    expect(out.match(/test pictures/g)).toHaveLength(1);
  });

  it('takes the best epoch of a run, and the average of its weights, by their names', async () => {
    const words = ['--data', inFolder('colours'), '--threads', '1', '--width', '0.1', '--batch-size', '4'];
    const kept = ['--keep-best', '--ema', '0.9', '--epochs', '3', '--lr', '0.02', '--out', inFolder('kept')];
    expect((await zoo('train', 'alexnet/cifar10-quick', ...words, ...kept)).code).toBe(0);
    const names = ['kept', 'kept/last', 'kept/best', 'kept/ema'].map((name) => inFolder(name));
    const { code, out } = await zoo('compare', ...names, '--json');
    expect(code).toBe(0);
    const { epochs, evaluation, averaged } = await readRunRecord(inFolder('kept', 'run.json'));
    const best = bestOf({ epochs })?.validation;
    const losses = [evaluation?.loss, evaluation?.loss, best?.loss, averaged?.loss];
    expect(jsonLines(out)).toMatchObject(names.map((run, index) => ({ run, loss: losses[index] })));
    expect(await zoo('compare', inFolder('a'), inFolder('a', 'ema'))).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        `${inFolder('a', 'ema')}: the run has no average of its weights. Name the run alone.`,
      ),
    });
  });

  it('says settings in words, and how far runs came as summary does', async () => {
    const { code } = await zoo(
      'train',
      'alexnet/cifar10-quick',
      '--data',
      inFolder('colours'),
      '--threads',
      '1',
      '--out',
      inFolder('c'),
      '--width',
      '0.1',
      '--epochs',
      '1',
      '--batch-size',
      '4',
      '--optimizer',
      'sgd',
      '--schedule',
      'cosine',
      '--augment',
      'flip',
    );
    expect(code).toBe(0);
    const file = inFolder('c', 'run.json');
    const record = await readRunRecord(file);
    const [first] = record.epochs;
    if (!first) throw new Error('no epoch');
    const options = { ...record.options, recipe: { ...record.options.recipe, epochs: 5 } };
    const steps = [...record.steps, ...record.steps.slice(0, 1).map((one) => ({ ...one, epoch: 1.4 }))];
    await writeRunRecord(file, { ...record, options, steps, state: 'interrupted' });
    const [compared, summary] = [
      await zoo('compare', inFolder('a'), inFolder('c')),
      await zoo('summary', inFolder('c')),
    ];
    expect(compared.out).toMatch(/^optimiser +Adam +SGD as in Caffe$/m);
    expect(compared.out).toMatch(/^schedule +cosine, warm-up 10\.0 % +cosine, warm-up 5\.0 %$/m);
    expect(compared.out).not.toMatch(/sgd\/|\btrue\b|[[{]/);
    expect(compared.out).toMatch(/^epochs done +2 +1\.4$/m);
    expect(compared.out).toMatch(/^state +finished +interrupted$/m);
    expect(summary.out).toContain('Trained on colours, 1.4 of 5 epochs; interrupted.');
  });

  it('gives programs an object a run', async () => {
    const [a, b] = jsonLines((await zoo('compare', inFolder('a'), inFolder('b'), '--json')).out);
    expect(fieldsOf(a)).toEqual([
      'run',
      'state',
      'preset',
      'data',
      'top1',
      'top5',
      'loss',
      'best',
      'examples',
      'epochs',
      'seconds',
      'imagesPerSecond',
      'parameters',
      'settings',
    ]);
    expect(field(a, 'epochs', parseNumber())).toBe(2);
    expect(b).toMatchObject({
      settings: { width: 0.2, learningRate: 0.01, batchSize: 4, classNames: ['blue', 'red'] },
    });
  });

  it('writes a page with the curves of all', async () => {
    const report = inFolder('runs.html');
    const { code, out } = await zoo('compare', inFolder('a'), inFolder('b'), '--report', report);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`Report  ${report}`) });
    const page = await readFile(report, 'utf8');
    // Four panels, in a wide and in a narrow drawing.
    for (const kind of ['run-0', 'run-1']) expect(page.match(new RegExp(`<path class="${kind}"`, 'g'))).toHaveLength(8);
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
  });

  it('refuses one run, and what is none', async () => {
    const refusals = await Promise.all([
      zoo('compare', inFolder('a')),
      zoo('compare', inFolder('a'), inFolder('colours')),
    ]);
    expect(refusals).toMatchObject([
      { code: 2, err: 'zoo: compare: got 1 run, expected two or more. Name folders that zoo train made.\n' },
      { code: 1, err: expect.stringContaining('run.json: cannot be read, expected the record of a run.') },
    ]);
  });
});
