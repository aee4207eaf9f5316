import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { alexnet } from '@zoo/alexnet';
import { openTensors, saveTensors, saveWeights } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord, writeRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { zoo } from '../testing/zoo.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A file with a network, and with its halves beside it, as with averages. */
async function twoNetworks(file: string): Promise<void> {
  const one = path.join(folder, 'one.safetensors');
  await saveWeights(alexnet('cifar10-quick', { width: 0.1, classes: 4, seed: 5 }), one);
  const { tensors, close } = await openTensors(one);
  const under = (prefix: string, factor: number) =>
    [...tensors.values()].map(({ name, shape, read }) => ({
      name: `${prefix}.${name}`,
      shape,
      data: async () => (await read()).map((value) => value * factor),
    }));
  await saveTensors(file, [...under('model', 1), ...under('averages', 0.5)]);
  await close();
}

async function firstFilters(file: string, prefix = ''): Promise<Float32Array | undefined> {
  const opened = await openTensors(file);
  const values = await opened.tensors.get(`${prefix}features.0.weight`)?.read();
  await opened.close();
  return values;
}

describe('zoo train --weights FILE --key NAME', () => {
  it('begins with the network of that name, keeps the name in its record, and begins so again without a checkpoint', async () => {
    const pictures = await pictureFolder(path.join(folder, 'colours'), ['blue', 'red'], 4);
    const weights = path.join(folder, 'two.safetensors');
    await twoNetworks(weights);
    const expected = await firstFilters(weights, 'averages.');
    const run = path.join(folder, 'run');
    const train = (...args: string[]) => zoo('train', ...args, '--backend', 'cpu');
    const network = ['alexnet/cifar10-quick', '--data', pictures, '--batch-size', '4', '--epochs', '1'];
    const begun = [...network, '--weights', weights, '--freeze', 'features'];
    const keyed = await train(...begun, '--key', 'averages', '--out', run, '--overwrite');
    expect(keyed.err).toContain('has the layers of --width 0.1');
    expect(keyed.code).toBe(0);
    const record = path.join(run, 'run.json');
    const trained = path.join(run, 'weights.safetensors');
    const { finishedAt: _, evaluation: __, ...rest } = await readRunRecord(record);
    expect(rest.options).toMatchObject({ weights, key: 'averages' });
    expect(await firstFilters(trained)).toEqual(expected);
    expect(await readFile(path.join(run, 'report.html'), 'utf8')).toContain('network in the file of initial weights');
    // A run that was stopped before its first checkpoint.
    await writeRunRecord(record, { ...rest, state: 'interrupted', epochs: [], steps: [] });
    await Promise.all([rm(trained), rm(path.join(run, 'checkpoint.safetensors'))]);
    const again = await train('--resume', run);
    expect(again.err).toContain('has no checkpoint yet, so it starts again.');
    expect(again.code).toBe(0);
    expect(await firstFilters(trained)).toEqual(expected);
    const refused = [
      await train(...begun, '--key', 'average', '--out', path.join(folder, 'a')),
      await train(...network, '--key', 'averages', '--out', path.join(folder, 'b')),
      await train('--resume', run, '--key', 'model'),
    ];
    expect(refused.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(refused[0]?.err).toMatch(
      /has nothing under "average", expected one of model, averages\. .* or leave --key out\./,
    );
    expect(refused[1]?.err).toContain('--key: of which weights? Pass --weights too.');
    expect(refused[2]?.err).toContain('--key: is fixed by');
  });
});
