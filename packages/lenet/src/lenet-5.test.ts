import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { modelWeights } from '@zoo/layers';
import { configure, inferShapes } from '@zoo/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { lenet, presets } from './index.ts';
import { digitCodes } from './presets/digit-codes.ts';

const { layers, parameters } = inferShapes(presets['lenet-5']);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('LeNet-5 has what section II.B says', () => {
  // Layer, maps, their side, trainable parameters.
  it.each([
    ['c1', 6, 28, 156],
    ['s2', 6, 14, 12],
    ['c3', 16, 10, 1516],
    ['s4', 16, 5, 32],
    ['c5', 120, 1, 48_120],
  ])('%s: %i maps of %i, %i parameters', (name, maps, side, count) => {
    const layer = layers.find(({ path }) => path === name);
    expect(layer?.output).toEqual([side, side, maps]);
    expect(layer?.parameters).toBe(count);
  });

  it('F6: 84 units, 10,164 parameters; 60,000 in all, and as many in the model', () => {
    expect(layers.find(({ path }) => path === 'f6')).toMatchObject({ output: [84], parameters: 10_164 });
    expect(parameters).toBe(60_000);
    expect(lenet('lenet-5').countParams()).toBe(60_000);
  });

  it('C3: three, four or six maps of S2 each, 60 connections, each map of S2 in ten', () => {
    const connections = layers.flatMap(({ layer }) => (layer.kind === 'conv' ? (layer.connections ?? []) : []));
    expect(connections.map(({ length }) => length)).toEqual([3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6]);
    for (let map = 0; map < 6; map++) expect(connections.filter((seen) => seen.includes(map))).toHaveLength(10);
    expect(new Set(connections.map(String)).size).toBe(16);
  });

  it('codes of 7 by 12 pixels, each -1 or 1, that tell the digits apart', () => {
    expect(digitCodes).toHaveLength(10);
    for (const code of digitCodes) expect(code.map(Math.abs)).toEqual(Array(84).fill(1));
    for (const [a, one] of digitCodes.entries())
      for (const other of digitCodes.slice(a + 1))
        expect(one.filter((pixel, i) => pixel !== other[i]).length).toBeGreaterThanOrEqual(12);
  });

  it('pixels of -0.1 for paper and 1.175 for ink', () => {
    const { mean, std } = presets['lenet-5'].preprocessing;
    const seen = [0, 1].map((pixel) => (pixel - (mean[0] ?? 0)) / (std[0] ?? 1));
    expect(seen[0]).toBeCloseTo(-0.1, 12);
    expect(seen[1]).toBeCloseTo(1.175, 12);
  });

  it('weights that begin in ±2.4 / fan-in', () => {
    const fans = { c1: 25, s2: 4, c5: 400, f6: 120 };
    const weights = modelWeights(lenet('lenet-5', { seed: 1 }));
    for (const [path, fan] of Object.entries(fans)) {
      const values = weights
        .filter(({ layer }) => layer.path === path)
        .flatMap(({ variable }) => [...variable.dataSync()]);
      const largest = Math.max(...values.map(Math.abs));
      expect(largest, path).toBeLessThanOrEqual(Math.fround(2.4 / fan));
      expect(largest, path).toBeGreaterThan((0.8 * 2.4) / fan);
    }
  });

  it('squashes so that 1 and -1 stay what they are', () => {
    expect(1.7159 * Math.tanh(2 / 3)).toBeCloseTo(1, 4);
  });
});

describe('LeNet-5 with options', () => {
  it('takes the first codes for fewer classes, and has none for more', () => {
    expect(lenet('lenet-5', { classes: 3 }).outputs[0]?.shape).toEqual([null, 3]);
    expect(() => lenet('lenet-5', { classes: 11 })).toThrow(
      'lenet/lenet-5: layer 14 (output, rbf) has codes for 10 classes, but there are 11.',
    );
  });

  it('has one width: its table of connections and its codes are for it', () => {
    expect(() => lenet('lenet-5', { width: 0.5 })).toThrow(
      'width: lenet/lenet-5 has a table of connections between its maps, which is for width 1, not 0.5. Leave width out.',
    );
    expect(configure(presets.modern, { width: 0.5 }).layers).not.toEqual(presets.modern.layers);
  });
});
