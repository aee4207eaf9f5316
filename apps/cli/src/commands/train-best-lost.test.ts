import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { saveTensors } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOf } from '../run/best-of.ts';
import { progressMetadata } from '../run/run-progress.ts';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { jsonLines, zoo } from '../testing/zoo.ts';

let folder = '';
const inFolder = (...names: string[]) => path.join(folder, ...names);
const backend = ['--backend', 'cpu'];
const bestFile = 'checkpoint.best.safetensors';
/** At this rate the best epoch is not the last. */
const training = ['--recipe', 'preset', '--width', '0.05', '--epochs', '5', '--batch-size', '4', '--lr', '0.02'];
const train = (out: string, data: string, ...more: string[]) =>
  zoo(
    'train',
    'alexnet/cifar10-quick',
    ...training,
    ...backend,
    '--data',
    inFolder(data),
    '--out',
    inFolder(out),
    '--keep-best',
    ...more,
  );

async function copyOfRun(name: string): Promise<string> {
  await rm(inFolder(name), { recursive: true, force: true });
  await cp(inFolder('run'), inFolder(name), { recursive: true });
  return inFolder(name);
}

/** Every file of a folder, with its bytes. */
async function contentOf(run: string): Promise<Map<string, string>> {
  const names = await readdir(run, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'base64')] as const)));
}

let best = 0;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-best-lost-'));
  await pictureFolder(inFolder('colours'), ['blue', 'green', 'red'], 12);
  await pictureFolder(inFolder('others'), ['blue', 'green', 'red'], 11);
  expect((await train('run', 'colours', '--ema', '0.5')).code).toBe(0);
  best = bestOf(await readRunRecord(inFolder('run', 'run.json')))?.epoch ?? 0;
  expect(best).toBeGreaterThan(0);
  expect(best).toBeLessThan(5);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo train --resume RUN/best', () => {
  it.each([
    ['another batch size', 'colours', ['--batch-size', '6']],
    ['another data set', 'others', []],
    ['another network', 'colours', ['--width', '0.1']],
    ['another seed', 'colours', ['--seed', '5']],
  ])('leaves the run as it was where the best epoch is of %s', async (what, data, more) => {
    const other = what.replaceAll(' ', '-');
    expect((await train(other, data, '--epochs', '1', ...more)).code).toBe(0);
    const run = await copyOfRun('foreign');
    await cp(inFolder(other, bestFile), path.join(run, bestFile));
    const before = await contentOf(run);
    const { code, err } = await zoo('train', '--resume', path.join(run, 'best'), ...backend, '--epochs', '6');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`${run}/${bestFile}: is not of this run`) });
    expect(err).toContain(`resume ${run}, which goes on from the last checkpoint.`);
    expect(await contentOf(run)).toEqual(before);
  });

  it('leaves the run as it was where the weights do not fit, whatever their file says of the training', async () => {
    const run = await copyOfRun('liar');
    const record = await readRunRecord(path.join(run, 'run.json'));
    const learned = { epochs: record.epochs.slice(0, 1), steps: record.steps.filter(({ epoch }) => epoch <= 1) };
    const state = { seed: 0, batchSize: 4, examples: record.data.training, epochs: 1, step: 0, steps: 9 };
    const sums = { lossSum: 0, correct: 0, losses: [1], accuracies: [0.5] };
    await saveTensors(path.join(run, bestFile), [{ name: 'a', shape: [1], data: () => new Float32Array(1) }], {
      metadata: { ...progressMetadata(learned), 'zoo.training': JSON.stringify({ ...state, ...sums }) },
    });
    const before = await contentOf(run);
    const { code, err } = await zoo('train', '--resume', path.join(run, 'best'), ...backend);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining(`${run}/${bestFile}: is not of this run, since it does not fit: `),
    });
    expect(await contentOf(run)).toEqual(before);
  });

  it('is the rescue of a run whose last checkpoint is damaged', async () => {
    const run = await copyOfRun('rescued');
    await writeFile(path.join(run, 'checkpoint.safetensors'), 'no tensors');
    const { code, err } = await zoo('train', '--resume', path.join(run, 'best'), ...backend);
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('zoo:') });
    expect(await readFile(path.join(run, 'weights.safetensors'))).toEqual(
      await readFile(inFolder('run', 'weights.safetensors')),
    );
  });

  it('says of a damaged one that the last checkpoint goes on', async () => {
    const run = await copyOfRun('damaged');
    await truncate(path.join(run, bestFile), 2000);
    const before = await contentOf(run);
    const { code, err } = await zoo('train', '--resume', path.join(run, 'best'), ...backend);
    expect(code).toBe(1);
    expect(err).toContain(`Or resume ${run}, which goes on from its last checkpoint.`);
    expect(err).not.toContain('starts again');
    expect(await contentOf(run)).toEqual(before);
  });
});

describe('zoo train --resume RUN', () => {
  it.each([
    ['is missing', (file: string) => rm(file)],
    ['is damaged', (file: string) => truncate(file, 0)],
    ['is damaged', (file: string) => truncate(file, 2000)],
    ['is of another epoch or run', (file: string) => cp(inFolder('another-seed', bestFile), file)],
  ])('notices that the best epoch %s, and names no weights that are not there', async (lost, spoil) => {
    const run = await copyOfRun('lost');
    await spoil(path.join(run, bestFile));
    const { code, out, err } = await zoo('train', '--resume', run, ...backend, '--epochs', '6');
    expect(code).toBe(0);
    expect(err).toContain(
      `${run}/${bestFile}: ${lost}, so the best epoch so far (${best}) cannot be gone back to. The file is written anew after the next epoch that does better than that one.`,
    );
    const record = await readRunRecord(path.join(run, 'run.json'));
    expect(bestOf(record)?.epoch).toBe(best);
    expect(out).toMatch(new RegExp(`^Best epoch +[\\d.]+ %, after epoch ${best}, whose file is lost$`, 'm'));
    expect(out).not.toContain(`${run}/best`);
    const report = await readFile(path.join(run, 'report.html'), 'utf8');
    expect(report).toContain(`after epoch ${best}, whose weights are lost: their file ${lost}.`);
    const again = await zoo('train', '--resume', run, ...backend, '--epochs', '7', '--json');
    expect(jsonLines(again.out).at(-1)).toMatchObject({ best: { epoch: best } });
    expect(again.out).not.toContain(`${run}/best`);
  });

  it('says nothing where it is there, and tells in the report how good it was', async () => {
    const run = await copyOfRun('whole');
    const { out, err } = await zoo('train', '--resume', run, ...backend, '--epochs', '6');
    expect(err).not.toContain(bestFile);
    expect(out).toContain(`${run}/best`);
    expect(await readFile(path.join(run, 'report.html'), 'utf8')).toMatch(
      new RegExp(
        `Best: [\\d.]+ % after epoch ${best}, kept as ${run}/best\\. Use it: <code>.*zoo classify ${run}/best`,
      ),
    );
  });
});

describe('RUN/best', () => {
  it('lists nothing of its own state as not used', async () => {
    const { code, err } = await zoo('eval', inFolder('run', 'best'), ...backend);
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('not used') });
  });

  it.each(['best', 'last', 'ema'])('is no place for another run: %s', async (part) => {
    const { code, err } = await train(`run/${part}`, 'colours');
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining(`run/${part}: is a name for weights of the run ${inFolder('run')}`),
    });
    expect(await readdir(inFolder('run'))).not.toContain(part);
  });

  it('is not hidden by an empty folder', async () => {
    const run = await copyOfRun('hidden');
    await mkdir(path.join(run, 'best'));
    const { code, out } = await zoo('summary', path.join(run, 'best'));
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Trained on colours') });
  });
});
