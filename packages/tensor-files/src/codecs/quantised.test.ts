import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openTensors } from '../open-tensors.ts';
import { parseExpected } from '../testing/expected.ts';

// Models that onnxruntime and torch.ao have quantised, made by fixtures/make_quantised.py.
const fixture = (name: string) => new URL(`../../fixtures/${name}`, import.meta.url);
const expected = parseExpected(JSON.parse(await readFile(fixture('expected-quantised.json'), 'utf8')), 'expected');

describe('quantised weights', () => {
  it.each(Object.entries(expected))('of %s are the floats that they stand for', async (name, tensors) => {
    const file = await openTensors(fixture(name));
    for (const [key, { shape, values }] of Object.entries(tensors)) {
      const tensor = file.tensors.get(key);
      expect(tensor?.shape, key).toEqual(shape);
      const read = (await tensor?.read()) ?? new Float32Array();
      const largest = Math.max(...values.map((value) => Math.abs(Number(value))));
      for (const [index, value] of values.entries())
        expect(Math.abs((read[index] ?? Number.NaN) - Number(value)), `${key} at ${index}`).toBeLessThanOrEqual(
          1e-6 * largest,
        );
    }
    // Nothing is left that is no float, but for shapes of the graph.
    const whole = [...file.tensors.values()].filter(
      ({ name: one, dtype }) => /weight|bias/.test(one) && dtype === 'I8',
    );
    expect(whole).toEqual([]);
    await file.close();
  });
});
