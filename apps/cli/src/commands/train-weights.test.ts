import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { alexnet } from '@zoo/alexnet';
import '@tensorflow/tfjs-backend-cpu';
import { openTensors, saveWeights } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { zoo } from '../testing/zoo.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const numbersOf = async (file: string, name: string): Promise<Float32Array> => {
  const opened = await openTensors(file);
  const values = await opened.tensors.get(name)?.read();
  await opened.close();
  if (!values) throw new Error(`${file} has no ${name}`);
  return values;
};

describe('zoo train --weights', () => {
  it('teaches a network other classes, leaves what is frozen, and goes on so when resumed', async () => {
    const pictures = await pictureFolder(path.join(folder, 'colours'), ['blue', 'green', 'red'], 6);
    const weights = path.join(folder, 'ten.pth');
    await saveWeights(alexnet('cifar10-quick', { width: 0.1, seed: 5 }), weights);
    const run = path.join(folder, 'run');
    const train = (...args: string[]) => zoo('train', ...args, '--backend', 'cpu');
    const network = ['alexnet/cifar10-quick', '--width', '0.1', '--data', pictures, '--batch-size', '4'];
    const first = await train(...network, '--epochs', '1', '--weights', weights, '--freeze', 'features', '--out', run);
    expect(first.err).toContain('8 tensors taken over; classifier.1.weight and classifier.1.bias begin anew');
    expect(first.code).toBe(0);
    expect((await train('--resume', run, '--epochs', '2')).code).toBe(0);
    expect((await readRunRecord(path.join(run, 'run.json'))).options).toMatchObject({ weights, freeze: ['features'] });
    const trained = path.join(run, 'weights.safetensors');
    for (const name of ['features.0.weight', 'features.6.bias'])
      expect(await numbersOf(trained, name)).toEqual(await numbersOf(weights, name));
    expect(await numbersOf(trained, 'classifier.0.weight')).not.toEqual(
      await numbersOf(weights, 'classifier.0.weight'),
    );
    const [random, unknown, decided] = await Promise.all([
      train(...network, '--freeze', 'features', '--out', path.join(folder, 'a')),
      train(...network, '--weights', weights, '--freeze', 'feature', '--out', path.join(folder, 'b')),
      train('--resume', run, '--freeze', 'features'),
    ]);
    expect([random.code, unknown.code, decided.code]).toEqual([2, 2, 2]);
    expect(random.err).toContain('--freeze: features would stay random. Pass --weights too.');
    expect(unknown.err).toContain('feature: alexnet/cifar10-quick has no such layer; did you mean features?');
    expect(decided.err).toContain('--freeze: decided by');
  });
});
