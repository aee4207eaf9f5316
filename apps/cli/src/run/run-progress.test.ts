import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { saveTensors } from '@zoo/weights';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkpointProgress, progressMetadata, type RunProgress } from './run-progress.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-progress-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const epoch = (number: number): RunProgress['epochs'][number] => ({
  epoch: number,
  loss: 1 / number,
  accuracy: 0.5,
  learningRate: 0.1,
  seconds: number,
  imagesPerSecond: 2,
  validation: { loss: 1, top1: 0.5, top5: 1, examples: 2 },
});
const stretch = (end: number): RunProgress['steps'][number] => ({
  epoch: end,
  loss: 1,
  accuracy: 0.5,
  learningRate: 0.1,
  examples: 4,
  seconds: 3,
});
const two: RunProgress = { epochs: [epoch(1), epoch(2)], steps: [0.5, 1, 1.5, 2].map(stretch) };

async function checkpoint(progress: RunProgress): Promise<string> {
  const file = path.join(folder, 'checkpoint.safetensors');
  await saveTensors(file, [{ name: 'a', shape: [1], data: () => new Float32Array(1) }], {
    metadata: progressMetadata(progress),
  });
  return file;
}

it('is what the checkpoint says, whatever the record says', async () => {
  const ahead = { epochs: [...two.epochs, epoch(3)], steps: [...two.steps, stretch(2.5), stretch(3)] };
  expect(await checkpointProgress(await checkpoint(two), ahead)).toEqual(two);
  expect(await checkpointProgress(path.join(folder, 'none'), two)).toBeUndefined();
});

it('has no times that nobody has measured', async () => {
  const behind = { epochs: [epoch(1)], steps: [stretch(0.5), stretch(1)] };
  const found = await checkpointProgress(await checkpoint(two), behind);
  expect(found?.epochs.map(({ seconds }) => seconds)).toEqual([1, 0]);
  expect(found?.steps.map(({ seconds }) => seconds)).toEqual([3, 3, 0, 0]);
});

it('is the same text however long it took', () => {
  const slower = { epochs: two.epochs.map((one) => ({ ...one, seconds: 99, imagesPerSecond: 1 })), steps: two.steps };
  expect(progressMetadata(slower)).toEqual(progressMetadata(two));
});

it('is written only if it can be read again', () => {
  expect(() => progressMetadata({ ...two, epochs: [{ ...epoch(1), loss: Number.NaN }] })).toThrow(
    'zoo.run.epochs[0].loss: expected a number',
  );
});

it('says how to go on where the checkpoint is damaged', async () => {
  const file = path.join(folder, 'damaged.safetensors');
  await writeFile(file, 'no tensors');
  await expect(checkpointProgress(file, two)).rejects.toThrow(`Or delete ${file}: the run then starts again.`);
});
