import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cifar10Weights } from '@zoo/cifar10-weights';
import { parseNumber, parseString } from '@zoo/core';
import type { WeightsCard } from '@zoo/spec';
import { plainRecipe } from '@zoo/testing/plain-recipe';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readRunRecord, writeRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { field, jsonLines, zoo } from '../testing/zoo.ts';

let folder = '';
let data = '';
let run = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
const verify = (given: string, ...more: string[]) => zoo('verify', given, '--threads', '1', ...more);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-verify-'));
  data = await pictureFolder(inFolder('colours'), ['blue', 'red'], 20);
  run = inFolder('run');
  const network = ['alexnet/cifar10-quick', '--width', '0.1', '--epochs', '1', '--batch-size', '8', '--threads', '1'];
  expect(await zoo('train', ...network, '--data', data, '--out', run)).toMatchObject({ code: 0 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The run with another accuracy in its record. */
async function claiming(name: string, top1: number): Promise<string> {
  const copy = inFolder(name);
  await cp(run, copy, { recursive: true });
  const file = path.join(copy, 'run.json');
  const record = await readRunRecord(file);
  if (!record.evaluation) throw new Error('no final test');
  await writeRunRecord(file, { ...record, evaluation: { ...record.evaluation, top1 } });
  return copy;
}

const recordedTop1 = async () => (await readRunRecord(path.join(run, 'run.json'))).evaluation?.top1 ?? 0;

describe('zoo verify', () => {
  it('holds for a run whose record is what its weights reach', async () => {
    const [forPeople, forPrograms] = [await verify(run), await verify(run, '--json')];
    expect(forPeople.code).toBe(0);
    expect(forPeople.out).toMatch(/^Top-1 +\d+\.\d\d % measured, \d+\.\d\d % by its record\nHolds\.\n$/m);
    const top1 = await recordedTop1();
    expect(jsonLines(forPrograms.out)).toEqual([
      expect.objectContaining({
        name: run,
        preset: 'alexnet/cifar10-quick',
        holds: true,
        by: 'record',
        top1,
        expected: { top1, top5: 1 },
        tolerance: 0.001,
      }),
    ]);
  });

  it('ends with 1 where the record says otherwise, within a tolerance', async () => {
    const other = (await recordedTop1()) > 0.5 ? 0.25 : 0.75;
    const wrong = await claiming('wrong', other);
    const failed = await verify(wrong, '--json');
    expect(failed.code).toBe(1);
    expect(jsonLines(failed.out)).toEqual([expect.objectContaining({ holds: false })]);
    expect(failed.err).toMatch(
      new RegExp(
        `does not hold, its top-1 accuracy is .*, expected ${100 * other}\\.00 % and 100\\.00 % within 0\\.10 %\\.`,
      ),
    );
    expect(await verify(wrong, '--tolerance', '0.9')).toMatchObject({ code: 0 });
  });

  it('takes a file with a card beside it, and no other file for that', async () => {
    const file = inFolder('net.safetensors');
    const bytes = await readFile(path.join(run, 'weights.safetensors'));
    await writeFile(file, bytes);
    const alone = await verify(file);
    expect(alone).toMatchObject({ code: 1, out: '' });
    expect(alone.err).toContain(
      `net.safetensors: says nothing of its accuracy, expected a card beside it, ${inFolder('net.json')}.`,
    );

    const measured = jsonLines((await zoo('eval', file, '--data', data, '--json', '--threads', '1')).out)[0];
    const accuracy = {
      top1: field(measured, 'top1', parseNumber()),
      top5: 1,
      loss: field(measured, 'loss', parseNumber()),
    };
    const card: WeightsCard = {
      name: 'net',
      title: 'A network for tests',
      preset: 'alexnet/cifar10-quick',
      file: { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
      licence: 'none',
      data: { name: 'colours', files: [], classes: ['blue', 'red'], training: 36, test: 4 },
      preprocessing: { range: 1, mean: [0, 0, 0], std: [1, 1, 1], channels: 'rgb' },
      recipe: { name: 'plain', settings: plainRecipe },
      seed: 0,
      epochs: 1,
      accuracy,
      runs: [{ seed: 0, top1: accuracy.top1 }],
      seconds: 1,
      machine: 'a machine',
      versions: { zoo: '0', tfjs: '4', node: '20' },
      date: '2026-01-01',
      command: 'zoo train',
    };
    const write = (changed: Partial<WeightsCard>) =>
      writeFile(inFolder('net.json'), JSON.stringify({ ...card, ...changed }));
    await write({});
    expect(await verify(file, '--data', data)).toMatchObject({ code: 0, out: expect.stringContaining('by its card') });
    await write({ file: { ...card.file, sha256: '0'.repeat(64) } });
    expect((await verify(file, '--data', data)).err).toContain(
      `net.safetensors: is not the file of its card, its SHA-256 is ${card.file.sha256}, expected ${'0'.repeat(64)}.`,
    );
    await write({ preset: 'alexnet/cifar10-full' });
    const other = await verify(file, '--data', data);
    expect(other.code).toBe(1);
    expect(other.err).toContain(
      'net.safetensors: is a network alexnet/cifar10-quick, its card says alexnet/cifar10-full. Fetch the file again, with its own card.',
    );
    await write({ accuracy: { ...accuracy, top1: 7 } });
    expect((await verify(file, '--data', data)).err).toContain(
      'net.json.accuracy.top1: expected a number from 0 to 1, found 7.',
    );
  });

  it('asks for the pictures of published weights, and names what is missing', async () => {
    const published = await verify('torchvision');
    expect(published).toMatchObject({ code: 2, out: '' });
    expect(published.err).toContain(
      "torchvision: was tested on pictures that the zoo cannot fetch, ImageNet's. Pass --data FOLDER",
    );
    const preset = await verify('alexnet/cifar10-quick');
    expect(preset.code).toBe(1);
    expect(preset.err).toMatch(
      /alexnet\/cifar10-quick: is a network without weights\. Name weights for it \(cifar10-quick\), or train it first \(.* train alexnet\/cifar10-quick\) and name the run\./,
    );
  });

  it('names the weights that were meant', async () => {
    expect((await verify('cifar10-quik')).err).toContain(
      'cifar10-quik: no such file or folder, expected a run of zoo train or its weights; did you mean cifar10-quick?',
    );
    expect((await verify('nope')).err).toMatch(
      /nope: no such file or folder, expected a run of zoo train or its weights\. .* weights lists those that are known by name\./,
    );
  });

  it('says what to do where the weights of the package were changed', async () => {
    const read = vi.spyOn(cifar10Weights['cifar10-quick'], 'read');
    read.mockImplementation(async () => new Uint8Array(await readFile(path.join(run, 'weights.safetensors'))));
    const { code, err } = await verify('cifar10-quick', '--data', data);
    read.mockRestore();
    expect(code).toBe(1);
    expect(err).toMatch(
      /cifar10-quick\.safetensors: is not the file of its card, its SHA-256 is [0-9a-f]{64}, expected [0-9a-f]{64}\. Install @zoo\/cifar10-weights again\./,
    );
  });

  it('says where the pictures of a run should be, and takes them from elsewhere', async () => {
    const moved = inFolder('moved');
    await cp(run, moved, { recursive: true });
    const file = path.join(moved, 'run.json');
    const record = await readRunRecord(file);
    await writeRunRecord(file, { ...record, data: { ...record.data, given: inFolder('gone') } });
    const { code, err } = await verify(moved);
    expect(code).toBe(1);
    expect(err).toContain(
      `moved: its record names ${inFolder('gone')} as the pictures of the test, and there is nothing there. If they were moved, pass --data FOLDER.`,
    );
    expect((await zoo('eval', moved)).err).toContain(`moved: its record names ${inFolder('gone')} as the pictures`);
    expect(await verify(moved, '--data', data)).toMatchObject({ code: 0 });
  });

  it('tests without damaged pictures where it may', async () => {
    const pictures = inFolder('damaged');
    await cp(data, pictures, { recursive: true });
    const [held] = (await readFile(path.join(run, 'pictures.jsonl'), 'utf8'))
      .split('\n')
      .filter((line) => line.includes('"test"'));
    const name = field(JSON.parse(held ?? ''), 'name', parseString);
    await writeFile(path.join(pictures, name), 'damaged');
    const refused = await verify(run, '--data', pictures);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/pass --skip-damaged to test on the others/);
    const tested = await verify(run, '--data', pictures, '--skip-damaged', '--tolerance', '0.9');
    expect(tested).toMatchObject({ code: 0, err: expect.stringContaining('left out') });
  });

  it('waits for the end of a run', async () => {
    const stopped = inFolder('stopped');
    await cp(run, stopped, { recursive: true });
    const file = path.join(stopped, 'run.json');
    const { evaluation: _, ...record } = await readRunRecord(file);
    await writeRunRecord(file, { ...record, state: 'interrupted' });
    const { code, err } = await verify(stopped);
    expect(code).toBe(1);
    expect(err).toMatch(
      /stopped: is interrupted, expected a finished run: only its final test can be verified\. Train it first: .+ train --resume \S+stopped\.$/m,
    );
    await writeRunRecord(file, { ...record, state: 'running', process: { pid: process.ppid, host: os.hostname() } });
    expect((await verify(stopped)).err).toMatch(
      /stopped: is running, expected a finished run: .+\. It is being trained: wait until it has come that far\.$/m,
    );
  });
});
