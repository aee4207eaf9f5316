import { readFile } from 'node:fs/promises';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { buildModel } from '@zoo/layers';
import type { ModelSpec } from '@zoo/spec';
import { openTensors, type StatedLayer, type TensorFile } from '@zoo/tensor-files';
import { smallSpecs } from '@zoo/testing/small-spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FillOptions, fillModel } from '../load-weights.ts';
import { specAsStated } from './spec-as-stated.ts';
import { sameWindow, statedWindow } from './windows.ts';

beforeAll(() => tf.setBackend('cpu'));

const opened = async (name: string) =>
  openTensors(new File([await readFile(new URL(`../../fixtures/${name}`, import.meta.url))], name));
const load = async (name: string, spec: ModelSpec, options: FillOptions = {}) =>
  fillModel(buildModel(spec, { seed: 1 }), await opened(name), options);

describe('a model of other numbers than the file says', () => {
  it('is refused with both, and built as the file says it is filled', async () => {
    await expect(load('v2.caffemodel', smallSpecs.lrn)).rejects.toThrow(
      /norm1 \(LRN\) has 3 neighbours across channels, alpha 0\.5 on the mean of their squares, beta 0\.75, k 1, but features\.norm of test\/lrn has 5 neighbours across channels, alpha 0\.0005 .*Build the model from specAsStated/,
    );
    await expect(load('norm.keras', smallSpecs.norm)).rejects.toThrow(
      /batch_normalization \(BatchNormalization\) has epsilon 0\.001, but features\.norm of test\/norm has epsilon 0\.00001/,
    );
    const spec = specAsStated(smallSpecs.norm, await opened('norm.keras'));
    expect((await load('norm.keras', spec)).loaded).toHaveLength(12);
  });

  it('is filled all the same on request', async () => {
    expect((await load('v2.caffemodel', smallSpecs.lrn, { computation: 'ignore' })).unused).toEqual([]);
  });
});

describe('filters of a caffemodel', () => {
  const imagenet: ModelSpec = {
    ...smallSpecs.plain,
    preprocessing: { range: 255, mean: [123.68, 116.779, 103.939], std: [1, 1, 1], channels: 'rgb' },
  };
  const steps = async (spec: ModelSpec, options: FillOptions = {}) =>
    (await load('plain.caffemodel', spec, options)).mapping[0]?.steps;

  it('are turned round for pictures of ImageNet in RGB, but where somebody says otherwise', async () => {
    expect(await steps(imagenet)).toEqual(['OIHW to HWIO', 'BGR to RGB']);
    expect(await steps(imagenet, { bgrToRgb: false })).toEqual(['OIHW to HWIO']);
    expect(await steps(specAsStated(imagenet, await opened('plain.caffemodel')))).toEqual(['OIHW to HWIO']);
    // Caffe's examples for other data take it as it is.
    expect(await steps(smallSpecs.plain)).toEqual(['OIHW to HWIO']);
  });
});

describe('a network that a file states', () => {
  const layer = (operation: Partial<StatedLayer>): StatedLayer =>
    Object.assign({ kind: 'other' as const, name: '', type: 'X' }, operation);
  const spec = (...layers: StatedLayer[]): ModelSpec => {
    const file: Pick<TensorFile, 'network' | 'metadata'> = {
      network: { layers, pictures: { scale: 1 / 255 } },
      metadata: {},
    };
    return specAsStated(smallSpecs.plain, file);
  };

  it('keeps the preset where nothing is said', () => {
    expect(spec(layer({ kind: 'conv' }), layer({ kind: 'dense' })).layers).toBe(smallSpecs.plain.layers);
    expect(specAsStated(smallSpecs.plain, { metadata: {} })).toBe(smallSpecs.plain);
  });

  it('says how pixels are scaled where it begins with Rescaling', () => {
    const file = {
      network: { layers: [layer({ kind: 'dense' })], pictures: { scale: 1 / 127.5, mean: [127.5] } },
      metadata: {},
    };
    expect(specAsStated(smallSpecs.plain, file).preprocessing).toMatchObject({
      range: 255,
      mean: [127.5, 127.5, 127.5],
      std: [127.5, 127.5, 127.5],
    });
    const each = { network: { ...file.network, pictures: { scale: [1, 0.5, 0.25], mean: [1, 2, 3] } }, metadata: {} };
    expect(specAsStated(smallSpecs.plain, each).preprocessing).toMatchObject({ mean: [1, 2, 3], std: [1, 2, 4] });
  });
});

describe('windows', () => {
  it.each([
    [7, 2, 1, 1, 7],
    [8, 3, 2, 1, 4],
    [224, 11, 4, 4, 56],
  ])(
    "of ONNX's SAME_LOWER over %i, %i wide, stride %i, have the odd zero in front",
    (side, size, stride, before, count) => {
      expect(statedWindow(0, side, size, { stride: [stride, stride], padding: 'same-lower' })).toMatchObject({
        before,
        count,
      });
    },
  );

  it.each([
    // tf.layers' own sizes: 'same' of 8 in steps of 2 begins inside.
    ['same', 8, 3, 2, 0, 4],
    ['same', 7, 3, 2, 1, 4],
    ['valid', 8, 3, 2, 0, 3],
  ] as const)('%s over %i, %i wide, stride %i', (padding, side, size, stride, before, count) => {
    const window = statedWindow(0, side, size, { stride: [stride, stride], padding });
    expect(window).toMatchObject({ before, count });
    const stock = tfl.layers.maxPooling2d({ poolSize: size, strides: stride, padding });
    const [, height] = [stock.computeOutputShape([1, side, side, 1])].flat();
    expect(count).toBe(height);
    expect(sameWindow(window, { ...window })).toBe(true);
    expect(sameWindow(window, { ...window, before: before + 1 })).toBe(false);
  });
});
