import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openTensors } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { zoo } from '../testing/zoo.ts';

let folder = '';
let pictures = '';
const inFolder = (name: string) => path.join(folder, name);
const network = ['alexnet/cifar10-quick', '--width', '0.1', '--backend', 'cpu', '--recipe', 'preset'];
const train = (out: string, ...more: string[]) =>
  zoo('train', ...network, '--data', pictures, '--batch-size', '4', '--out', inFolder(out), ...more);

const refinements = [
  ['--convention', 'pytorch', '--nesterov'],
  ['--warmup', '0.25', '--schedule', 'polynomial'],
  ['--bias-lr', '3', '--bias-decay', '0'],
  ['--label-smoothing', '0.1'],
  ['--clip-norm', '0.5'],
  ['--accumulate', '2'],
  ['--ema', '0.5'],
  ['--early-stopping', '9'],
];

const valuesOf = async (name: string) => {
  const file = await openTensors(inFolder(name));
  try {
    return [...((await file.tensors.get('features.0.weight')?.read()) ?? [])];
  } finally {
    await file.close();
  }
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-refinements-'));
  pictures = await pictureFolder(inFolder('colours'), ['blue', 'red'], 8);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo train', () => {
  it('refines loss, gradient and weights, records it, tests and keeps the average, and goes on with all of it', async () => {
    const whole = await train('whole', '--epochs', '3', ...refinements.flat());
    expect({ code: whole.code, err: whole.err }).toEqual({ code: 0, err: expect.not.stringContaining('zoo:') });
    const record = await readRunRecord(inFolder('whole/run.json'));
    expect(record.options.recipe).toMatchObject({
      optimizer: { kind: 'sgd', convention: 'pytorch', nesterov: true },
      schedule: { kind: 'polynomial', power: 1, warmup: 0.25 },
      multipliers: { learningRate: { bias: 3 }, weightDecay: { bias: 0 } },
      labelSmoothing: 0.1,
      clipNorm: 0.5,
      accumulate: 2,
      ema: 0.5,
      earlyStopping: 9,
    });
    expect(record.epochs.map(({ averaged }) => averaged?.examples)).toEqual([2, 2, 2]);
    expect(record.averaged?.loss).toBe(record.epochs.at(-1)?.averaged?.loss);
    expect(whole.out).toMatch(/averaged: [\d.]+ %/);
    expect(whole.out).toContain(`the average of the weights: ${inFolder('whole/ema')}`);
    expect(await valuesOf('whole/weights.ema.safetensors')).not.toEqual(await valuesOf('whole/weights.safetensors'));
    const tested = await zoo('eval', inFolder('whole/weights.ema.safetensors'), '--data', pictures, '--backend', 'cpu');
    expect(tested.code).toBe(0);
    const report = await readFile(inFolder('whole/report.html'), 'utf8');
    for (const text of [
      'label smoothing',
      'gradient clipping',
      'to a norm of 0.5',
      'each batch in 2 parts',
      'Nesterov',
    ])
      expect(report).toContain(text);

    expect((await train('parts', '--epochs', '3', '--max-minutes', '0.00001', ...refinements.flat())).code).toBe(0);
    expect((await readRunRecord(inFolder('parts/run.json'))).epochs.length).toBeLessThan(3);
    expect((await zoo('train', '--resume', inFolder('parts'), '--backend', 'cpu')).code).toBe(0);
    for (const name of ['weights.safetensors', 'weights.ema.safetensors', 'checkpoint.safetensors'])
      expect((await readFile(inFolder(`parts/${name}`))).equals(await readFile(inFolder(`whole/${name}`))), name).toBe(
        true,
      );
  });

  it('keeps them when it goes on, and changes none', async () => {
    const flags = [...refinements.flat(), '--no-nesterov'];
    const resumed = await zoo('train', '--resume', inFolder('whole'), ...flags);
    expect(resumed).toMatchObject({ code: 2, out: '' });
    const fixed = '--schedule, --convention, --nesterov, --warmup, --bias-lr, --bias-decay, --label-smoothing';
    expect(resumed.err).toContain(
      `${fixed}, --clip-norm, --accumulate, --ema, --early-stopping: are fixed by ${inFolder('whole')}`,
    );
  });

  it('ends by itself where the loss no longer falls, and says so', async () => {
    const ended = await train(
      'early',
      '--epochs',
      '30',
      '--lr',
      '1e-30',
      '--schedule',
      'constant',
      '--early-stopping',
      '1',
    );
    expect(ended.code).toBe(0);
    const { epochs } = await readRunRecord(inFolder('early/run.json'));
    expect(epochs.length).toBeLessThan(30);
    expect(ended.out).toContain(`stopped by --early-stopping 1 after ${epochs.length} of 30 epochs`);
    expect(ended.out).not.toContain('Resume');
    expect(await readFile(inFolder('early/report.html'), 'utf8')).toContain(
      `Training ended by itself after ${epochs.length} epochs, since the loss on the test pictures fell no longer.`,
    );
    const resumed = await zoo('train', '--resume', inFolder('early'));
    expect(resumed).toMatchObject({ code: 2, out: '' });
    expect(resumed.err).toContain(`was ended by --early-stopping 1 after ${epochs.length} epochs. Start another run`);
  });

  it('says what is wrong with them before a backend starts', async () => {
    const wrongs: readonly (readonly [string[], string])[] = [
      [['--label-smoothing', '1'], 'Expected a number of at least 0 and below 1'],
      [['--accumulate', '0'], 'Expected a whole number from 1'],
      [['--convention', 'tensorflow'], 'Allowed choices are caffe, pytorch'],
      [['--optimizer', 'adamw', '--nesterov'], '--nesterov: adamw has none. Leave it out, or pass --optimizer sgd.'],
      [['--early-stopping', '-1'], 'Expected a whole number from 0'],
    ];
    for (const [words, message] of wrongs) {
      const { code, err } = await train('wrong', ...words);
      expect(code).toBe(2);
      expect(err).toContain(message);
    }
  });

  it('lists all of them under a heading', async () => {
    const { out } = await zoo('train', '--help');
    const [, section = ''] = out.split('Loss, gradient and weights:');
    for (const [flag] of [...refinements, ['--nesterov'], ['--no-nesterov'], ['--bias-decay']])
      expect(section.split('Changes to the network:')[0]).toContain(flag);
  });
});
