import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseString } from '@zoo/core';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder, writePicture } from '../testing/pictures.ts';
import { field, jsonLines, startZoo, zoo } from '../testing/zoo.ts';

let folder = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
const training = (data: string, out: string) => [
  ...['train', 'alexnet/cifar10-quick', '--width', '0.1', '--batch-size', '4', '--threads', '1', '--json'],
  ...['--data', data, '--out', out],
];
const stateOf = async (run: string) =>
  field(jsonLines((await zoo('compare', run, run, '--json')).out)[0], 'state', parseString);

beforeEach(async ({ onTestFinished }) => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-killed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

/** Starts a training that would not end by itself; it is gone when the test ends. */
function startTraining(data: string, out: string) {
  const running = startZoo([...training(data, out), '--epochs', '60000']);
  onTestFinished(async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  });
  return running;
}

it('a run is trained by one process at a time; killed, it is known to be stopped, and goes on', async () => {
  const data = await pictureFolder(inFolder('colours'), ['blue', 'red'], 6);
  const run = inFolder('killed');
  const { child, hasPrinted, ended } = startTraining(data, run);
  await hasPrinted('"type":"checkpoint"');
  expect(await stateOf(run)).toBe('running');
  expect(await zoo('train', '--resume', run)).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      new RegExp(`${run}: process ${child.pid} has been training it since \\d{4}-.*\\. Wait until it has ended`),
    ),
  });
  child.kill('SIGKILL');
  await ended;
  expect((await readRunRecord(path.join(run, 'run.json'))).state).toBe('running');
  expect(await stateOf(run)).toBe('stopped');
  const tested = await zoo('eval', run, '--threads', '1');
  expect(tested).toMatchObject({
    code: 0,
    err: expect.stringMatching(/killed: stopped after [\d,.]+ of 60,000 epochs; these/),
  });
  expect((await zoo('train', '--resume', run, '--max-minutes', '0.01', '--threads', '1')).code).toBe(0);
  expect(await stateOf(run)).toBe('finished');
});

it('a run whose terminal is closed saves a checkpoint, with nobody there to tell', async () => {
  const data = await pictureFolder(inFolder('left'), ['blue', 'red'], 6);
  const run = inFolder('hung-up');
  const { child, hasPrinted, ended } = startTraining(data, run);
  await hasPrinted('"type":"checkpoint"');
  child.stderr?.destroy();
  child.kill('SIGHUP');
  expect((await ended).code).toBe(129);
  expect((await readRunRecord(path.join(run, 'run.json'))).state).toBe('interrupted');
});

it('a run that fails says why in its record, and goes on when that is mended', async () => {
  const data = await pictureFolder(inFolder('fails'), ['blue', 'red'], 6);
  const run = inFolder('failed');
  const { hasPrinted, ended } = startTraining(data, run);
  await hasPrinted('"type":"checkpoint"');
  // Put in place whole: the training reads these files meanwhile, and one that is being written is empty for a moment.
  const damaged = inFolder('damaged.png');
  for (const name of ['blue', 'red'])
    for (let index = 0; index < 6; index++) {
      await writeFile(damaged, 'no picture');
      await rename(damaged, path.join(data, name, `${index}.png`));
    }
  const { code, err } = await ended;
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('.png: it is no picture known here') });
  const { state, failure } = await readRunRecord(path.join(run, 'run.json'));
  expect({ state, failure }).toEqual({
    state: 'failed',
    failure: expect.stringContaining('it is no picture known here'),
  });
  const refused = await zoo('train', '--resume', run, '--threads', '1');
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('12 changed.') });
  for (const [label, name] of ['blue', 'red'].entries())
    for (let index = 0; index < 6; index++)
      await writePicture(path.join(data, name, `${index}.png`), name, label * 1000 + index);
  expect((await zoo('train', '--resume', run, '--max-minutes', '0.01', '--threads', '1')).code).toBe(0);
  const after = await readRunRecord(path.join(run, 'run.json'));
  expect([after.state, after.failure]).toEqual(['finished', undefined]);
});
