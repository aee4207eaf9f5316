import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { alexnet } from '@zoo/alexnet';
import '@tensorflow/tfjs-backend-cpu';
import { openTensors, saveTensors, saveWeights } from '@zoo/weights';
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
    const first = await train(
      ...network.toSpliced(1, 2),
      '--epochs',
      '1',
      '--weights',
      weights,
      '--freeze',
      'features',
      '--out',
      run,
    );
    // The width is that of the weights.
    expect(first.err).toContain('has the layers of --width 0.1, so the network is built with that width.');
    expect(first.err).toContain('features, classifier.0 loaded (8 of 10 tensors); classifier.1 begins anew.');
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
    expect(random.err).toContain('--freeze: features would keep random values. Pass --weights too.');
    expect(unknown.err).toContain('feature: alexnet/cifar10-quick has no such layer; did you mean features?');
    expect(decided.err).toContain('--freeze: is fixed by');
  });

  it('takes some of the layers with --partial, says which begin anew, and does not leave frozen ones random', async () => {
    const pictures = await pictureFolder(path.join(folder, 'shades'), ['blue', 'red'], 4);
    const whole = await openTensors(path.join(folder, 'ten.pth'));
    const features = [...whole.tensors.values()].filter(({ name }) => name.startsWith('features.'));
    const some = path.join(folder, 'backbone.safetensors');
    await saveTensors(
      some,
      features.map((tensor) => ({
        name: `backbone.${tensor.name}`,
        shape: tensor.shape,
        data: () => tensor.read(),
      })),
    );
    await whole.close();
    const run = path.join(folder, 'partial');
    const network = [
      'alexnet/cifar10-quick',
      '--width',
      '0.1',
      '--data',
      pictures,
      '--batch-size',
      '4',
      '--epochs',
      '1',
    ];
    const train = (...args: string[]) => zoo('train', ...network, ...args, '--backend', 'cpu');
    const [strict, partial, random, without, nothing] = await Promise.all([
      train('--weights', some, '--out', path.join(folder, 'c')),
      train('--weights', some, '--partial', '--freeze', 'features', '--out', run),
      train('--weights', some, '--partial', '--freeze', 'classifier', '--out', path.join(folder, 'd')),
      train('--partial', '--out', path.join(folder, 'e')),
      train('--weights', some, '--partial', '--width', '0.5', '--out', path.join(folder, 'f')),
    ]);
    expect([strict.code, partial.code, random.code, without.code, nothing.code]).toEqual([1, 0, 2, 2, 1]);
    expect(strict.err).toMatch(/has no tensor features\.0\.weight/);
    expect(partial.err).toContain('features loaded (6 of 10 tensors); classifier begins anew.');
    expect(partial.err).toContain('Not in the file: classifier.');
    expect(random.err).toMatch(
      /--freeze classifier: classifier would keep random values, since \S+ does not have it\. Freeze only what it has: features\./,
    );
    expect(without.err).toContain('--partial: of which weights? Pass --weights too.');
    expect(nothing.err).toMatch(/fits no layer of the network/);
    expect((await readRunRecord(path.join(run, 'run.json'))).options).toMatchObject({ weights: some, partial: true });
    expect(await numbersOf(path.join(run, 'weights.safetensors'), 'features.3.weight')).toEqual(
      await numbersOf(some, 'backbone.features.3.weight'),
    );
  });
});
