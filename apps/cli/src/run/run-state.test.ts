import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { presets } from '@zoo/alexnet';
import { ZooError } from '@zoo/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFolder } from './run-folder.ts';
import { readRunPictures, writeRunPictures } from './run-pictures.ts';
import { processState, type RunProcess, thisProcess } from './run-process.ts';
import { type RunRecord, readRunRecord, writeRunRecord } from './run-record.ts';
import { recordingFailure, stateOf, unfinishedNotice } from './run-state.ts';

const { recipe, ...spec } = presets['cifar10-quick'];
const record: RunRecord = {
  state: 'running',
  process: thisProcess(),
  preset: 'alexnet/cifar10-quick',
  startedAt: '2026-01-01T00:00:00.000Z',
  commands: [['train', 'alexnet/cifar10-quick']],
  machine: { system: 'Linux', processor: 'x', threads: 1, memory: 1 },
  data: { given: 'cifar10', name: 'cifar10', classes: ['a', 'b'], training: 2, test: 2 },
  options: { recipe, seed: 0 },
  versions: { zoo: '0', tfjs: '4', node: '20', backend: 'wasm' },
  epochs: [],
  steps: [],
  spec: { ...spec, recipe },
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-state-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('writeRunRecord', () => {
  const epoch = {
    epoch: 1,
    loss: 1,
    accuracy: 0.5,
    learningRate: 0.1,
    seconds: 1,
    imagesPerSecond: 2,
    validation: { loss: 1, top1: 0.5, top5: 1, examples: 2 },
  };

  it('writes nothing that cannot be read again, and keeps what was there', async () => {
    const file = path.join(folder, 'run.json');
    await writeRunRecord(file, { ...record, epochs: [epoch] });
    const before = await readFile(file, 'utf8');
    expect((await readRunRecord(file)).epochs).toEqual([epoch]);
    const wrongs: readonly (readonly [Partial<RunRecord>, string])[] = [
      [{ epochs: [{ ...epoch, loss: Number.NaN }] }, 'epochs[0].loss'],
      [{ epochs: [{ ...epoch, imagesPerSecond: Number.POSITIVE_INFINITY }] }, 'epochs[0].imagesPerSecond'],
      [{ evaluation: { ...epoch.validation, loss: Number.NaN, confusion: [[1]] } }, 'evaluation.loss'],
    ];
    for (const [wrong, place] of wrongs) {
      const writing = writeRunRecord(file, { ...record, ...wrong });
      await expect(writing).rejects.toThrow(
        `${file}: is not changed, because the new content is invalid: run.json.${place}: expected a number`,
      );
      await expect(writing).rejects.toMatchObject({ code: 'data' });
      expect(await readFile(file, 'utf8')).toBe(before);
    }
  });
});

describe('a run', () => {
  it('whose process is gone is stopped, and not running', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    if (child.pid === undefined) throw new Error('no process');
    const its: RunProcess = { pid: child.pid, host: os.hostname() };
    expect([processState(its), stateOf({ ...record, process: its })]).toEqual(['alive', 'running']);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect([processState(its), stateOf({ ...record, process: its })]).toEqual(['gone', 'stopped']);
    expect(stateOf({ state: 'running' })).toBe('stopped');
    expect(stateOf({ state: 'finished', process: its })).toBe('finished');
  });

  it('is not taken for one that got the number of its process, nor for one of another machine', () => {
    const parent: RunProcess = { pid: process.ppid, host: os.hostname() };
    expect(processState(parent)).toBe('alive');
    if (thisProcess().begun !== undefined) expect(processState({ ...parent, begun: 'another boot 12' })).toBe('gone');
    expect(processState({ ...parent, host: 'elsewhere.example' })).toBe('unknown');
    expect(stateOf({ ...record, process: { ...parent, host: 'elsewhere.example' } })).toBe('running');
  });

  it('that fails says why, and an interrupted one does not', async () => {
    const run = runFolder(folder);
    await writeRunRecord(run.record, record);
    const failing = (error: Error) =>
      recordingFailure(run, async () => {
        throw error;
      });
    await expect(failing(new ZooError('interrupted', 'stopped'))).rejects.toThrow('stopped');
    expect((await readRunRecord(run.record)).state).toBe('running');
    await expect(failing(new ZooError('data', 'loss is NaN\nand more'))).rejects.toThrow('loss is NaN');
    const failed = await readRunRecord(run.record);
    expect(failed).toMatchObject({ state: 'failed', failure: 'loss is NaN' });
    expect(unfinishedNotice('runs/one', failed, 'last checkpoint')).toBe(
      `runs/one: failed (loss is NaN) after 0 of ${recipe.epochs} epochs; these are the weights of its last checkpoint.`,
    );
    expect(failed.diverged).toBeUndefined();
    await writeRunRecord(run.record, record);
    await expect(failing(new ZooError('not-finite', 'the loss is NaN'))).rejects.toThrow('NaN');
    expect(await readRunRecord(run.record)).toMatchObject({ state: 'failed', diverged: true });
    expect(unfinishedNotice('runs/one', { ...failed, state: 'finished' }, 'last checkpoint')).toBeUndefined();
  });
});

describe('pictures.jsonl', () => {
  it('is read as it was written, in order, also when it is long', async () => {
    const file = path.join(folder, 'pictures.jsonl');
    const pictures = Array.from({ length: 100_000 }, (_, index) => ({
      part: index % 10 === 0 ? ('test' as const) : ('training' as const),
      name: `class ${index % 7}/${index}.jpg`,
      ...(index % 3 > 0 && { sha256: 'a'.repeat(64) }),
    }));
    await writeRunPictures(file, pictures);
    expect(await readRunPictures(file)).toEqual(pictures);
  });

  it('names what is wrong with it', async () => {
    const file = path.join(folder, 'wrong.jsonl');
    const line = '{"part":"test","name":"a/1.jpg"}\n';
    for (const [text, message] of [
      [`${line}${line.slice(0, 9)}`, 'wrong.jsonl: is cut short.'],
      [`${line}x\n`, 'wrong.jsonl, line 2: is no JSON.'],
      [
        `${line}{"part":"both","name":""}\n`,
        "wrong.jsonl, line 2.part: expected one of 'training', 'test', found 'both'",
      ],
    ] as const) {
      await writeFile(file, text);
      await expect(readRunPictures(file)).rejects.toThrow(message);
    }
    await expect(readRunPictures(path.join(folder, 'none'))).rejects.toThrow('cannot be read, so it is unknown which');
  });
});
