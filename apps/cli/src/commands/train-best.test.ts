import { existsSync } from 'node:fs';
import { appendFile, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseNumber, parseString } from '@zoo/core';
import { readEventFile } from '@zoo/testing/event-file';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOf } from '../run/best-of.ts';
import { readRunRecord, writeRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { field, jsonLines, zoo } from '../testing/zoo.ts';

let folder = '';
const inFolder = (...names: string[]) => path.join(folder, ...names);
const backend = ['--backend', 'cpu'];
/** A rate at which a network of one filter goes up and down, so that the best epoch is not the last. */
const training = ['--recipe', 'preset', '--width', '0.05', '--epochs', '5', '--batch-size', '4', '--lr', '0.02'];
const train = (out: string, ...more: string[]) =>
  zoo(
    'train',
    'alexnet/cifar10-quick',
    ...training,
    ...backend,
    '--data',
    inFolder('colours'),
    '--out',
    inFolder(out),
    ...more,
  );
const recordOf = (run: string) => readRunRecord(inFolder(run, 'run.json'));
const same = async (one: string, other: string) =>
  (await readFile(inFolder(one))).equals(await readFile(inFolder(other)));

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-best-'));
  await pictureFolder(inFolder('colours'), ['blue', 'green', 'red'], 12);
  const { code, err } = await train('run', '--keep-best', '--tensorboard', '--ema', '0.5');
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('zoo:') });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo train --keep-best', () => {
  it('keeps the epoch that did best, and names it', async () => {
    const record = await recordOf('run');
    expect(record.options.keepBest).toBe(true);
    const best = bestOf(record);
    expect(best?.validation.top1).toBe(Math.max(...record.epochs.map(({ validation }) => validation.top1)));
    const tested = await zoo('eval', inFolder('run', 'best'), ...backend, '--json');
    expect(tested.code).toBe(0);
    const [result] = jsonLines(tested.out);
    expect(field(result, 'loss', parseNumber())).toBeCloseTo(best?.validation.loss ?? 0, 5);
    expect(await readFile(inFolder('run', 'report.html'), 'utf8')).toContain(`best: epoch ${best?.epoch}`);
    const compared = await zoo('compare', inFolder('run'), inFolder('run'));
    expect(compared.out).toMatch(new RegExp(`^best epoch +[\\d.]+ %, epoch ${best?.epoch} `, 'm'));
    expect(compared.out).toMatch(/^averaged top-1 +[\d.]+ %/m);
  });

  it('is understood wherever a run is: summary, classify, convert, --weights', async () => {
    const summary = await zoo('summary', inFolder('run', 'best'));
    expect({ code: summary.code, out: summary.out }).toEqual({
      code: 0,
      out: expect.stringContaining('Trained on colours'),
    });
    const classified = await zoo('classify', inFolder('run', 'best'), inFolder('colours', 'red', '0.png'), ...backend);
    expect({ code: classified.code, out: classified.out }).toEqual({ code: 0, out: expect.stringContaining('red') });
    const converted = await zoo('convert', inFolder('run', 'best'), inFolder('best.npz'), ...backend);
    expect(converted.code).toBe(0);
    expect(converted.out).toContain(inFolder('run', 'checkpoint.best.safetensors'));
    const averaged = await zoo('eval', inFolder('run', 'ema'), ...backend, '--json');
    const [result] = jsonLines(averaged.out);
    expect(field(result, 'loss', parseNumber())).toBeCloseTo((await recordOf('run')).averaged?.loss ?? 0, 5);
    const begun = await train('from-best', '--weights', inFolder('run', 'best'), '--epochs', '1');
    expect({ code: begun.code, err: begun.err }).toEqual({ code: 0, err: expect.stringContaining('loaded') });
  });

  it('is verified against what the record says of it, and so is the average', async () => {
    const record = await recordOf('run');
    const said = { '': record.evaluation, best: bestOf(record)?.validation, ema: record.averaged };
    for (const [part, accuracy] of Object.entries(said)) {
      const verified = await zoo('verify', inFolder('run', part), ...backend, '--json');
      expect(verified.code, verified.err).toBe(0);
      expect(jsonLines(verified.out)[0]).toMatchObject({
        holds: true,
        by: 'record',
        top1: accuracy?.top1,
        expected: { top1: accuracy?.top1, top5: accuracy?.top5 },
      });
      expect(field(jsonLines(verified.out)[0], 'loss', parseNumber())).toBeCloseTo(accuracy?.loss ?? 0, 5);
    }
    await cp(inFolder('run'), inFolder('claiming'), { recursive: true });
    const { averaged, epochs } = record;
    if (!averaged) throw new Error('no average');
    const wrong = { top1: 0.01 };
    const wrongs = {
      best: { epochs: epochs.map((one) => ({ ...one, validation: { ...one.validation, ...wrong } })) },
      ema: { averaged: { ...averaged, ...wrong } },
    };
    for (const [part, claims] of Object.entries(wrongs)) {
      await writeRunRecord(inFolder('claiming', 'run.json'), { ...record, ...claims });
      const failed = await zoo('verify', inFolder('claiming', part), ...backend);
      expect(failed.code).toBe(1);
      expect(failed.err).toContain(`claiming/${part}: does not hold, its top-1 accuracy is`);
      expect(failed.err).toContain('expected 1.00 %');
      expect((await zoo('verify', inFolder('claiming'), ...backend)).code).toBe(0);
    }
  });

  it('goes on from it, and comes to the same end', async () => {
    await cp(inFolder('run'), inFolder('again'), { recursive: true });
    const { epoch = 0 } = bestOf(await recordOf('run')) ?? {};
    expect(epoch).toBeLessThan(5);
    const resumed = await zoo('train', '--resume', inFolder('again', 'best'), ...backend, '--json');
    expect(resumed.code).toBe(0);
    const epochs = jsonLines(resumed.out).filter((line) => field(line, 'type', parseString) === 'epoch');
    expect(epochs.map((line) => field(line, 'epoch', parseNumber()))).toEqual(
      [1, 2, 3, 4, 5].filter((one) => one > epoch),
    );
    const done = jsonLines(resumed.out).at(-1);
    expect(done).toMatchObject({
      type: 'done',
      run: inFolder('again'),
      best: { epoch, weights: inFolder('again/best') },
    });
    for (const name of ['weights.safetensors', 'checkpoint.safetensors', 'checkpoint.best.safetensors'])
      expect(await same(`again/${name}`, `run/${name}`), name).toBe(true);
  });

  describe('whose training fails at its next step', () => {
    const events = 'events.out.tfevents.zoo';
    /** A copy of the run that has come to its end, of which TensorBoard's file cannot be written. */
    const blocked = async (name: string) => {
      await cp(inFolder('run'), inFolder(name), { recursive: true });
      await rm(inFolder(name, events));
      await mkdir(inFolder(name, events));
    };
    const filesOf = async (run: string) => (await readdir(inFolder(run))).sort();
    const epochsInTable = async (run: string) =>
      (await readFile(inFolder(run, 'history.csv'), 'utf8'))
        .trim()
        .split('\r\n')
        .slice(1)
        .map((row) => Number(row.split(',')[0]));
    const upTo = (epoch: number) => Array.from({ length: epoch }, (_, index) => index + 1);
    const drawings = ['report.html', 'curves.svg', 'confusion.svg'];

    it('shows nothing of the epochs that it gave up, and loses nothing else', async () => {
      const { epoch = 0 } = bestOf(await recordOf('run')) ?? {};
      await blocked('given-up');
      const before = await filesOf('given-up');
      expect(before).toEqual(expect.arrayContaining(drawings));
      const failed = await zoo('train', '--resume', inFolder('given-up', 'best'), ...backend);
      expect({ code: failed.code, err: failed.err }).toEqual({ code: 1, err: expect.stringContaining(events) });
      expect((await recordOf('given-up')).epochs).toHaveLength(epoch);
      expect(await epochsInTable('given-up')).toEqual(upTo(epoch));
      expect(await filesOf('given-up')).toEqual(before.filter((name) => !drawings.includes(name)));
      for (const name of [
        'weights.safetensors',
        'weights.ema.safetensors',
        'checkpoint.best.safetensors',
        'filters.png',
      ])
        expect(await same(`given-up/${name}`, `run/${name}`), name).toBe(true);
      // What is left of the average is of the epochs that were given up.
      const averaged = await zoo('eval', inFolder('given-up', 'ema'), ...backend);
      expect(averaged).toMatchObject({ code: 1, err: expect.stringContaining('are written after its last epoch') });

      await rm(inFolder('given-up', events), { recursive: true });
      expect((await zoo('train', '--resume', inFolder('given-up'), ...backend)).code).toBe(0);
      expect(await filesOf('given-up')).toEqual(before);
      expect(await epochsInTable('given-up')).toEqual(upTo(5));
      expect(await same('given-up/weights.safetensors', 'run/weights.safetensors')).toBe(true);
    });

    it('does so too when it was killed as it went back', async () => {
      const { epoch = 0 } = bestOf(await recordOf('run')) ?? {};
      await blocked('killed');
      await copyFile(inFolder('run', 'checkpoint.best.safetensors'), inFolder('killed', 'checkpoint.safetensors'));
      expect((await zoo('train', '--resume', inFolder('killed'), ...backend)).code).toBe(1);
      for (const name of drawings) expect(existsSync(inFolder('killed', name)), name).toBe(false);
      expect(await epochsInTable('killed')).toEqual(upTo(epoch));
    });

    it('keeps the report of all that it had done when it goes on after that', async () => {
      await blocked('longer');
      expect((await zoo('train', '--resume', inFolder('longer'), '--epochs', '6', ...backend)).code).toBe(1);
      for (const name of drawings) expect(await same(`longer/${name}`, `run/${name}`), name).toBe(true);
      expect(await epochsInTable('longer')).toEqual(upTo(5));
    });
  });

  it('says what cannot be gone back to, or is not kept', async () => {
    expect((await train('plain', '--epochs', '1')).code).toBe(0);
    const wrongs: readonly (readonly [string[], number, string])[] = [
      [
        ['eval', inFolder('plain', 'best')],
        1,
        'plain/best: the run has no such weights: it was trained without --keep-best. Name',
      ],
      [
        ['eval', inFolder('plain', 'ema')],
        1,
        'plain/ema: the run has no such weights: it was trained without --ema. Name',
      ],
      [
        ['verify', inFolder('plain', 'best')],
        1,
        'plain/best: the run has no such weights: it was trained without --keep-best. Name',
      ],
      [
        ['verify', inFolder('plain', 'ema')],
        1,
        'plain/ema: the run has no such weights: it was trained without --ema. Name',
      ],
      [
        ['train', '--resume', inFolder('plain', 'best')],
        1,
        'has no best epoch to go back to, since it was trained without --keep-best. Resume',
      ],
      [
        ['train', '--resume', inFolder('run', 'ema')],
        2,
        'the average of the weights alone cannot be trained on. Resume',
      ],
      [
        ['train', '--resume', inFolder('run'), '--keep-best', '--tensorboard'],
        2,
        '--keep-best, --tensorboard: are fixed by',
      ],
    ];
    for (const [words, code, message] of wrongs) {
      const ended = await zoo(...words);
      expect(ended.err).toContain(message);
      expect(ended.code).toBe(code);
    }
  });
});

const curvesOf = async (run: string) =>
  readEventFile(await readFile(inFolder(run, 'events.out.tfevents.zoo'))).map(
    ({ step, scalars: { images_per_second: _, ...scalars } }) => ({ step, scalars }),
  );

describe('the history of a run', () => {
  it('is a table, a row an epoch', async () => {
    const { epochs } = await recordOf('run');
    const rows = (await readFile(inFolder('run', 'history.csv'), 'utf8')).trim().split('\r\n');
    expect(rows[0]).toBe(
      'epoch,train_loss,train_accuracy,test_loss,test_top1,test_top5,averaged_loss,averaged_top1,averaged_top5,learning_rate,seconds,images_per_second',
    );
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 5).map(Number))).toEqual(
      epochs.map((one) => [one.epoch, one.loss, one.accuracy, one.validation.loss, one.validation.top1]),
    );
  });

  it("is TensorBoard's too: each step once, whatever was torn or came after the checkpoint", async () => {
    const curves = await curvesOf('run');
    const { epochs } = await recordOf('run');
    const stepsPerEpoch = 9;
    expect(curves.filter(({ scalars }) => 'loss/train' in scalars).map(({ step }) => step)).toEqual(
      Array.from({ length: 5 * stepsPerEpoch }, (_, index) => index + 1),
    );
    expect(
      curves.flatMap(({ step, scalars }) => ('loss/test' in scalars ? [[step, scalars['loss/test']]] : [])),
    ).toEqual(epochs.map(({ epoch, validation }) => [epoch * stepsPerEpoch, Math.fround(validation.loss)]));
    expect(curves.at(-1)?.scalars['accuracy/averaged']).toBe(Math.fround(epochs.at(-1)?.averaged?.top1 ?? Number.NaN));
    // The best epoch was gone back to, and all since then told again.
    expect(await curvesOf('again')).toEqual(curves);

    // As a kill leaves it: the record, checkpoint and all of an earlier epoch, the file ahead of them and torn.
    await cp(inFolder('run'), inFolder('torn'), { recursive: true });
    await copyFile(inFolder('run', 'checkpoint.best.safetensors'), inFolder('torn', 'checkpoint.safetensors'));
    await writeRunRecord(inFolder('torn', 'run.json'), { ...(await recordOf('run')), state: 'interrupted' });
    await appendFile(inFolder('torn', 'events.out.tfevents.zoo'), Buffer.from('torn'));
    expect((await zoo('train', '--resume', inFolder('torn'), ...backend)).code).toBe(0);
    expect(await curvesOf('torn')).toEqual(curves);
  });

  it('has the filters of the first layer before and after', async () => {
    const report = await readFile(inFolder('run', 'report.html'), 'utf8');
    for (const text of [
      'As training began, with random values',
      'As it ended',
      'Where it is least certain',
      'The recipe',
    ])
      expect(report).toContain(text);
    expect(await same('run/filters-first.png', 'run/filters.png')).toBe(false);
    expect(await same('run/filters-first.png', 'again/filters-first.png')).toBe(true);
  });
});
