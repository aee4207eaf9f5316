import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { buildModel } from '@zoo/layers';
import { configure } from '@zoo/spec';
import type { StoredTensor, TensorFile } from '@zoo/tensor-files';
import { smallSpecs } from '@zoo/testing/small-spec';
import { tensorFile } from '@zoo/testing/tensor-file';
import { beforeAll, describe, expect, it } from 'vitest';
import { inferSpecs } from '../infer-spec.ts';
import { fillModel } from '../load-weights.ts';
import { weightsOfSpec } from '../model-tensors.ts';
import { requireFit } from '../require-fit.ts';
import { chooseDictionary } from './choose-dictionary.ts';

beforeAll(() => tf.setBackend('cpu'));

const spec = smallSpecs.plain;

/** Tensors of the network whose names begin so, all of one value, with what names become. */
function part(begin: string, value: number, rename = (name: string) => name, of = spec): Map<string, StoredTensor> {
  const weights = weightsOfSpec(of).filter(({ name }) => name.startsWith(begin));
  const size = (shape: readonly number[]) => shape.reduce((product, one) => product * one, 1);
  return new Map(
    tensorFile(
      weights.map(({ name, shape }) => ({
        name: rename(name),
        shape,
        data: () => new Float32Array(size(shape)).fill(value),
      })),
    ).tensors,
  );
}

const inner = (name: string): string => name.replace(/^[^.]*\./, '');

/** A file of dictionaries by their places. */
function fileOf(dictionaries: Readonly<Record<string, ReadonlyMap<string, StoredTensor>>>): TensorFile {
  const [tensors = new Map<string, StoredTensor>(), ...others] = Object.values(dictionaries);
  return { ...tensorFile([], 'net.pth'), tensors, others, places: Object.keys(dictionaries) };
}

/** First number of the first filters and of the last layer, and what is noted. */
async function loaded(file: TensorFile, options: Parameters<typeof fillModel>[2] = {}, of = spec) {
  const model = buildModel(of, { seed: 1 });
  const { notes, kept, mapping } = await fillModel(model, file, options);
  const at = (name: string) =>
    model.weights
      .find((one) => one.name.startsWith(name))
      ?.read()
      .dataSync()[0];
  return { notes, kept, from: mapping.map((one) => one.from), first: at('features.0/'), last: at('classifier.2/') };
}

describe('parts of a network in dictionaries of their own', () => {
  it('are joined where none is whole, and the report says from where', async () => {
    const file = fileOf({ head: part('classifier', 3), encoder: part('features', 2) });
    const { notes, first, last, from } = await loaded(file);
    expect([first, last]).toEqual([2, 3]);
    expect(notes).toEqual(['joined from encoder and head, which hold parts of one network']);
    expect(from).toContain('encoder.features.0.weight');
    expect(requireFit(spec, file)).toEqual({ unused: [], certainty: 'names', notes });
  });

  it('are not, where one dictionary is whole', async () => {
    const file = fileOf({ state_dict: part('', 1), encoder: part('features', 2), head: part('classifier', 3) });
    expect(await loaded(file)).toMatchObject({ first: 1, last: 1, notes: [] });
  });

  it('may lie one layer each, the places completing the names; Caffe names too', async () => {
    const places = ['features.0', 'features.3', 'classifier.0', 'classifier.2'];
    const ofLayers = fileOf(
      Object.fromEntries(
        places.map((place, at) => [place, part(`${place}.`, at, (name) => name.split('.').pop() ?? '')]),
      ),
    );
    expect(await loaded(ofLayers)).toMatchObject({
      first: 0,
      last: 3,
      notes: ['joined from features.0, features.3, classifier.0 and classifier.2, which hold parts of one network'],
    });
    const caffe: Record<string, string> = { '0': 'conv1', '3': 'conv2' };
    const renamed = (name: string) => inner(name).replace(/^\d+/, (number) => caffe[number] ?? '');
    const dense = part('classifier', 3, (name) => name.replace('classifier.0', 'fc3').replace('classifier.2', 'fc4'));
    expect(await loaded(fileOf({ convolutions: part('features', 2, renamed), dense }))).toMatchObject({
      first: 2,
      last: 3,
    });
  });

  it('under a usual key come before those under another, which a key chooses', async () => {
    const under = (value: number) => [part('features', value, inner), part('classifier', value, inner)] as const;
    const [[a, b], [c, d]] = [under(2), under(3)];
    const file = fileOf({ 'model.features': a, 'model.classifier': b, 'ema.features': c, 'ema.classifier': d });
    const taken = await loaded(file);
    expect(taken.first).toBe(2);
    expect(taken.notes).toEqual([
      "joined from model.features and model.classifier, which hold parts of one network; ema.features and ema.classifier would fit too: choose by key: 'ema'",
    ]);
    expect(await loaded(chooseDictionary(file, 'ema'))).toMatchObject({ first: 3, last: 3 });
    const unusual = fileOf({ 'a.features': a, 'a.classifier': b, 'b.features': c, 'b.classifier': d });
    await expect(loaded(unusual)).rejects.toThrow(
      /^net\.pth: a\.features and a\.classifier, or b\.features and b\.classifier, would each fill the network.*Choose by key: 'a' or key: 'b'\.$/,
    );
  });

  it('are refused where two could be the same part', async () => {
    const file = fileOf({ encoder: part('features', 2), encoder_2: part('features', 3), head: part('classifier', 3) });
    const message = /net\.pth: encoder and head, or encoder_2 and head, would each fill the network/;
    await expect(loaded(file)).rejects.toThrow(message);
    expect(() => inferSpecs(file, [{ name: 'test', presets: { plain: spec } }])).toThrow(message);
  });

  it('that leave something over, or of an optimiser, are none', async () => {
    const more = new Map([...part('classifier', 3), ...part('features.0', 1, (name) => `projection.${name}`)]);
    const missing = /has no tensor features\.0\.weight/;
    await expect(loaded(fileOf({ head: more, encoder: part('features', 2) }))).rejects.toThrow(missing);
    const gradients = fileOf({ head: part('classifier', 3), 'optimizer.grads': part('features', 2) });
    await expect(loaded(gradients)).rejects.toThrow(missing);
  });

  it('tell width and classes of the network', () => {
    const wide = configure(spec, { width: 2, classes: 5 });
    const file = fileOf({ encoder: part('features', 2, inner, wide), head: part('classifier', 3, inner, wide) });
    const [found, ...others] = inferSpecs(file, [{ name: 'test', presets: { plain: spec } }]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ preset: 'test/plain', options: { width: 2, classes: 5 }, rule: 'spec' });
  });

  it('may have another last layer, as one dictionary may', async () => {
    const five = configure(spec, { classes: 5 });
    const file = fileOf({ encoder: part('features', 2), head: part('classifier', 3) });
    await expect(loaded(file, {}, five)).rejects.toThrow(
      /head\.classifier\.2\.weight is \[8,8\], but the model needs \[5,8\]\. The file is for 8 classes, the model for 5/,
    );
    const kept = ['classifier.2.weight', 'classifier.2.bias'];
    for (const options of [{ head: 'new' }, { head: 'fit' }, { strict: false }] as const)
      expect(await loaded(file, options, five)).toMatchObject({ first: 2, kept });
    const headless = fileOf({ encoder: part('features', 2), neck: part('classifier.0', 3) });
    expect(await loaded(headless, { head: 'new' }, five)).toMatchObject({ first: 2, kept });
  });

  it('are looked for in bounded time, however many readings there are', async () => {
    const layer = () => part('features.0', 1, inner);
    const file = fileOf(Object.fromEntries([...'abcdefgh'].map((name) => [name, layer()])));
    await expect(loaded(file)).rejects.toThrow(/has no tensor features\.0\.weight|names of several kinds/);
  });
});
