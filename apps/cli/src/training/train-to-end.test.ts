import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { random } from '@zoo/core';
import { specOf } from '@zoo/layers';
import { inMemory } from '@zoo/loaders';
import pc from 'picocolors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thisMachine } from '../run/machine.ts';
import { runFolder } from '../run/run-folder.ts';
import { type RunRecord, readRunRecord } from '../run/run-record.ts';
import type { Terminal } from '../terminal.ts';
import { trainToEnd } from './train-to-end.ts';

let folder = '';
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-train-to-end-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const generator = random(3);
const pictures = (name: string, count: number) =>
  inMemory({
    name,
    classes: ['dark', 'light'],
    labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
    pixels: Uint8Array.from(
      { length: count * 32 * 32 * 3 },
      (_, i) => (Math.floor(i / 3072) % 2 === 0 ? 40 : 160) + generator.integer(60),
    ),
    height: 32,
    width: 32,
    channels: 3,
  });

/** Trains some epochs; a clock runs out when a line of progress holds the text for so many times. */
async function trained(name: string, epochs: number, text: string, times = 1) {
  const model = alexnet('cifar10-quick', { width: 0.1, classes: 2 });
  const spec = specOf(model);
  const run = runFolder(path.join(folder, name));
  const [training, test] = [pictures('small/training', 8), pictures('small/test', 8)];
  const record: RunRecord = {
    state: 'running',
    preset: 'alexnet/cifar10-quick',
    startedAt: new Date(0).toISOString(),
    commands: [],
    machine: thisMachine(),
    data: { given: 'small', name: 'small', classes: ['dark', 'light'], training: 8, test: 8 },
    options: { recipe: { ...spec.recipe, epochs, batchSize: 4 }, seed: 0 },
    versions: { zoo: '0', tfjs: '4', node: '20', backend: 'cpu' },
    epochs: [],
    steps: [],
    spec,
  };
  const clock = new AbortController();
  const [printed, shown]: [string[], string[]] = [[], []];
  let left = times;
  const terminal: Terminal = {
    colours: pc.createColors(false),
    columns: 80,
    print: (line) => printed.push(line),
    note: () => {},
    live(render) {
      const line = render({ columns: 80, plain: true, colours: pc.createColors(false) });
      shown.push(line);
      if (line.includes(text) && --left === 0) clock.abort();
    },
    endLive: () => {},
  };
  const interruption = {
    signal: new AbortController().signal,
    training: clock.signal,
    startClock: () => {},
    abandonable: <T>(work: () => Promise<T>) => work(),
    outputFailure: () => undefined,
    release: () => {},
  };
  const rest = { resume: false, workers: undefined, terminal, json: false };
  const options = { model, run, record, training, test, interruption, ...rest };
  await trainToEnd({ ...options, maxMinutes: 1 });
  return { printed: printed.join('\n'), shown, record: await readRunRecord(run.record), report: run.report };
}

describe('a training whose time runs out', () => {
  it('in a test brings the test to its end, and tests no second time', async () => {
    const { printed, shown, record } = await trained('mid', 3, 'testing');
    expect(record).toMatchObject({ state: 'finished', epochs: [{ epoch: 1 }] });
    expect(shown.filter((line) => line.includes('testing')).map((line) => line.split('   ').at(-1))).toEqual([
      'testing 4 of 8 pictures',
      'testing 8 of 8 pictures',
    ]);
    expect(printed).toContain('epoch 1/3');
    expect(printed).toContain('stopped by --max-minutes 1 after 1 of 3 epochs');
    expect(printed).toMatch(/^Resume /m);
  });

  it('in the last test has done all that it was to do', async () => {
    const { printed, record, report } = await trained('last', 1, 'testing');
    expect(record.epochs).toHaveLength(1);
    expect(printed).not.toMatch(/stopped by|^Resume /m);
    expect(await readFile(report, 'utf8')).not.toContain('It was stopped before');
  });

  it('in mid-epoch tests what there is, in the same words', async () => {
    const { printed, shown } = await trained('epoch', 3, 'epoch 1/3   loss');
    expect(printed).toContain('stopped by --max-minutes 1 after 0.5 of 3 epochs');
    expect(shown.filter((line) => /test|evaluat/.test(line))).toEqual([
      expect.stringContaining('testing 4 of 8 pictures'),
      expect.stringContaining('testing 8 of 8 pictures'),
    ]);
  });
});
