import { readdir, readFile } from 'node:fs/promises';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { type Parse, parseArray, parseNumber, parseObject, ZooError } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { openTensors } from '@zoo/tensor-files';
import { smallSpecs } from '@zoo/testing/small-spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { specAsStated } from './computation/spec-as-stated.ts';
import { fillModel } from './load-weights.ts';
import { type Checkpoint, checkpoints } from './testing/checkpoints.ts';

beforeAll(() => tf.setBackend('cpu'));

const folder = new URL('../fixtures/', import.meta.url);
const byFile: Parse<Map<string, number[]>> = (value, place) => {
  if (typeof value !== 'object' || value === null) throw new ZooError('corrupt-file', `${place}: no object`);
  const numbers = parseArray(parseNumber());
  return new Map(Object.entries(value).map(([file, list]) => [file, numbers(list, `${place}.${file}`)]));
};
const { input, logits } = parseObject<{ input: number[]; logits: Map<string, number[]> }>({
  input: parseArray(parseNumber()),
  logits: byFile,
})(JSON.parse(await readFile(new URL('expected.json', folder), 'utf8')), 'expected.json');

async function load({ file: name, into = 'plain' }: Checkpoint) {
  const file = await openTensors(new URL(name, folder));
  try {
    const model = buildModel(specAsStated(smallSpecs[into], file), { seed: 1 });
    const { mapping, notes } = await fillModel(model, file);
    const computed = tf.tidy(() => {
      const y = model.predict(tf.transpose(tf.tensor4d(input, [2, 3, 8, 8]), [0, 2, 3, 1]));
      if (Array.isArray(y)) throw new Error('one output expected');
      return [...y.dataSync()];
    });
    return { computed, notes, steps: new Set(mapping.flatMap(({ steps }) => [...steps])) };
  } finally {
    await file.close();
  }
}

const opened = checkpoints.filter(({ refused }) => !refused);
const refused = checkpoints.filter((one) => one.refused);

describe('checkpoints of tools', () => {
  it.each(opened)('$tool: $holds ($file) computes what it did there', async (checkpoint) => {
    const { computed, notes, steps } = await load(checkpoint);
    expect(notes).toEqual(checkpoint.note === undefined ? [] : [checkpoint.note]);
    const expected = logits.get(checkpoint.file) ?? [];
    const largest = Math.max(...expected.map(Math.abs));
    expect(computed).toHaveLength(expected.length);
    expect(largest).toBeGreaterThan(0.2);
    for (const [index, value] of expected.entries())
      expect(Math.abs((computed[index] ?? Number.NaN) - value) / largest).toBeLessThan(1e-5);
    if (checkpoint.step !== undefined) expect([...steps]).toContain(checkpoint.step);
  });

  it.each(refused)('$tool: $holds ($file) is refused', async (checkpoint) => {
    await expect(load(checkpoint)).rejects.toThrow(checkpoint.refused?.message ?? '');
  });

  it('are all that there are', async () => {
    const files = (await readdir(folder)).filter((name) => !/\.(?:py|md)$|^expected\.json$/.test(name));
    expect([...new Set(checkpoints.map(({ file }) => file))].sort()).toEqual(files.sort());
  });
});
