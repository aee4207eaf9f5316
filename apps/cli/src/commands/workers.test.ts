import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { zoo } from '../testing/zoo.ts';

const network = ['alexnet/cifar10-quick', '--width', '0.05', '--epochs', '2', '--batch-size', '4', '--threads', '1'];

let folder = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
const train = (out: string, ...more: string[]) =>
  zoo('train', ...network, '--data', inFolder('colours'), '--out', inFolder(out), ...more);
const recordOf = (out: string) => readRunRecord(inFolder(out, 'run.json'));

/** How many threads are started while something runs. */
async function threadsOf(run: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const onWorker = () => {
    count++;
  };
  process.on('worker', onWorker);
  try {
    await run();
    return count;
  } finally {
    process.off('worker', onWorker);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-workers-'));
  await pictureFolder(inFolder('colours'), ['blue', 'red'], 12);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo train --workers', () => {
  it('hands the pictures to as many threads as --workers says, with the same result', async () => {
    expect(await threadsOf(() => train('none', '--workers', '0'))).toBe(0);
    expect(await threadsOf(() => train('two', '--workers', '2'))).toBe(2);
    const weights = await readFile(inFolder('none', 'weights.safetensors'));
    expect(weights.equals(await readFile(inFolder('two', 'weights.safetensors')))).toBe(true);
    expect(await train('wrong', '--workers', '-1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--workers'),
    });
  });

  it('leaves the time that training waited for them in the record, and in a row of the report', async () => {
    const { epochs } = await recordOf('two');
    for (const { seconds, waitedForData = -1 } of epochs) {
      expect(waitedForData).toBeGreaterThanOrEqual(0);
      expect(waitedForData).toBeLessThanOrEqual(seconds);
    }
    expect(await readFile(inFolder('two', 'report.html'), 'utf8')).toMatch(
      /[\d.]+ %<\/[^>]+>\s*<[^>]+>of it waiting for data|of it waiting for data<\/[^>]+>\s*<[^>]+>[\d.]+ %/,
    );
  });

  it('trains on the same pictures with --skip-damaged, and names the damaged ones alike', async () => {
    const damaged = inFolder('colours', 'blue', '3.png');
    await writeFile(damaged, (await readFile(damaged)).subarray(0, 400));
    const [alone, together] = [
      await train('skip-none', '--skip-damaged', '--workers', '0'),
      await train('skip-two', '--skip-damaged', '--workers', '2'),
    ];
    for (const { code, err } of [alone, together]) {
      expect(code).toBe(0);
      expect(err).toContain(`${damaged}: damaged or cut short PNG file`);
      expect(err).not.toContain('without workers');
    }
    const weights = await readFile(inFolder('skip-none', 'weights.safetensors'));
    expect(weights.equals(await readFile(inFolder('skip-two', 'weights.safetensors')))).toBe(true);
    const { data } = await recordOf('skip-two');
    expect(data.training + data.test).toBe(23);
  });
});
