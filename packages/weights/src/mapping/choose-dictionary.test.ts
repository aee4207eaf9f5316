import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { openTensors } from '@zoo/tensor-files';
import { smallSpecs } from '@zoo/testing/small-spec';
import { tensorFile } from '@zoo/testing/tensor-file';
import { beforeAll, describe, expect, it } from 'vitest';
import { inferSpecs } from '../infer-spec.ts';
import { loadWeights } from '../load-weights.ts';
import { chooseDictionary } from './choose-dictionary.ts';

beforeAll(() => tf.setBackend('cpu'));

const ema = new URL('../../fixtures/ema.pth', import.meta.url);
const model = () => buildModel(smallSpecs.plain, { seed: 1 });
const firstOf = (one: ReturnType<typeof model>) => one.getWeights()[0]?.dataSync()[0] ?? Number.NaN;
const one = (name: string, value: number) => ({ name, shape: [1], data: () => Float32Array.of(value) });

describe('a key', () => {
  it('chooses one of several networks of a file', async () => {
    const [last, average] = [model(), model()];
    await loadWeights(last, ema);
    const { notes } = await loadWeights(average, ema, { key: 'state_dict_ema' });
    expect(firstOf(average)).toBeCloseTo(firstOf(last) / 2, 6);
    expect(notes).toEqual([]);
  });

  it('may be what names begin with', async () => {
    const file = chooseDictionary(tensorFile([one('model.a', 1), one('ema_model.a', 2)]), 'ema_model');
    expect([...file.tensors.keys()]).toEqual(['a']);
    expect([...((await file.tensors.get('a')?.read()) ?? [])]).toEqual([2]);
  });

  it('may leave out what stands before all names, and go through folders', async () => {
    const flat = tensorFile([one('module.q.a', 1), one('module.k.a', 2), one('module.queue', 3)]);
    expect([...chooseDictionary(flat, 'k').tensors.values()].map(({ name }) => name)).toEqual(['module.k.a']);
    expect([...chooseDictionary(flat, 'module.q').tensors.keys()]).toEqual(['a']);
    expect(() => chooseDictionary(flat, 'other')).toThrow(
      /has nothing under "other", expected one of module\.q, module\.k\./,
    );
    const folders = tensorFile([one('updater/model:main/conv1/W', 1), one('updater/optimizer:main/conv1/W', 2)]);
    expect([...chooseDictionary(folders, 'updater/model:main').tensors.keys()]).toEqual(['conv1/W']);
    expect([...chooseDictionary(folders, 'model:main').tensors.keys()]).toEqual(['conv1/W']);
    const twice = tensorFile([one('a.net.w', 1), one('b.net.w', 2)]);
    expect(() => chooseDictionary(twice, 'net')).toThrow(/has nothing under "net", expected one of a, b\./);
  });

  it('that is not there is refused by those that are', async () => {
    await expect(loadWeights(model(), ema, { key: 'ema' })).rejects.toThrow(
      /ema\.pth: has nothing under "ema", expected one of state_dict, state_dict_ema, /,
    );
  });
});

describe('networks that are inferred', () => {
  const families = [{ name: 'test', presets: { plain: smallSpecs.plain } }];

  it('are those of the dictionary that is taken', async () => {
    const file = await openTensors(ema);
    expect(inferSpecs(file, families).map(({ preset }) => preset)).toEqual(['test/plain']);
    await file.close();
  });

  it('are refused where two fit, and neither is under a usual key', async () => {
    const { places: _places, ...file } = await openTensors(ema);
    const unusual = { ...file, places: ['teacher', 'student'] };
    expect(() => inferSpecs(unusual, families)).toThrow(
      /teacher and student each hold weights that fit.*Choose by key: 'teacher' or key: 'student'/,
    );
    await file.close();
  });
});
