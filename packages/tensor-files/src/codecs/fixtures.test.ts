import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openTensors } from '../open-tensors.ts';
import { parseExpected } from '../testing/expected.ts';

// Files that the frameworks themselves have written; see fixtures/README.md.

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const expectedOf = async (name: string) => parseExpected(JSON.parse(await readFile(fixture(name), 'utf8')), name);

const expected = await expectedOf('expected.json');
const keras = await expectedOf('expected-keras.json');

const floats = (values: readonly (number | string)[]) => Float32Array.from(values, Number);

/** Every number of every tensor, and the same out of the middle. */
async function check(file: string, wanted: (typeof expected)[string], left: readonly string[] = []) {
  const opened = await openTensors(fixture(file));
  expect([...opened.tensors.keys()].sort()).toEqual([...Object.keys(wanted), ...left].sort());
  for (const [name, { shape, values }] of Object.entries(wanted)) {
    const tensor = opened.tensors.get(name);
    expect(tensor?.shape, name).toEqual(shape);
    expect(await tensor?.read(), name).toEqual(floats(values));
    if (tensor?.readPart && values.length > 2)
      expect(await tensor.readPart(1, values.length - 2), name).toEqual(floats(values).slice(1, -1));
  }
  await opened.close();
  return opened;
}

describe('files of the frameworks', () => {
  it.each(Object.entries(expected))('%s holds what its framework says', async (file, wanted) => {
    await check(file, wanted, /deflated|few/.test(file) ? ['zeros'] : []);
  });

  it.each(['net.h5', 'net.weights.h5', 'earliest.h5'])('%s holds what h5py says', async (file) => {
    const named = Object.entries(keras[file] ?? {})
      .filter(([name]) => !/^optimizer/.test(name))
      .map(([name, tensor]) => [name.replace(/^model_weights\//, ''), tensor] as const);
    await check(file, Object.fromEntries(named));
  });

  it('a .keras holds the weights of its .weights.h5, and its layers', async () => {
    const wanted = Object.entries(keras['net.weights.h5'] ?? {}).filter(([name]) => !/^optimizer/.test(name));
    const opened = await check('net.keras', Object.fromEntries(wanted));
    expect(opened.format).toBe('keras');
    expect(JSON.parse(opened.metadata['config.json'] ?? '')).toMatchObject({ config: { name: 'net' } });
  });

  it('a .keras holds the numbers that Keras gives for its layers', async () => {
    const opened = await openTensors(fixture('net.keras'));
    const values = (name: string) => opened.tensors.get(name)?.read();
    expect(await values('layers/conv2d/vars/0')).toEqual(floats(keras.net?.['conv2d/0']?.values ?? []));
    expect(await values('layers/dense/vars/1')).toEqual(floats(keras.net?.['dense/1']?.values ?? []));
    await opened.close();
  });

  it.each([
    ['net.pth', 'pytorch'],
    ['net-legacy.pth', 'pytorch-legacy'],
    ['odd.safetensors', 'safetensors'],
    ['stored.npz', 'npz'],
    ['v1.npy', 'npy'],
    ['v2.caffemodel', 'caffemodel'],
    ['mean.binaryproto', 'binaryproto'],
    ['net.weights.h5', 'hdf5'],
  ])('%s is known to be %s', async (file, format) => {
    const opened = await openTensors(fixture(file));
    expect(opened.format).toBe(format);
    await opened.close();
    if (format.startsWith('caffe') || format === 'binaryproto') return;
    expect((await openTensors(new Uint8Array(await readFile(fixture(file))))).format).toBe(format);
  });

  it('keep what stands beside the state dict, and the types of numbers', async () => {
    const opened = await openTensors(fixture('checkpoint.pth'));
    expect(opened.metadata).toMatchObject({ epoch: '3', arch: 'alexnet', best: '0.5' });
    expect(opened.tensors.get('features.1.num_batches_tracked')).toMatchObject({ dtype: 'I64', shape: [] });
    const odd = await openTensors(fixture('odd-legacy.pth'));
    const types = [...odd.tensors.values()].map(({ dtype }) => dtype);
    expect(types.slice(-9)).toEqual(['F64', 'F16', 'BF16', 'I64', 'I32', 'I16', 'I8', 'U8', 'BOOL']);
    for (const file of [opened, odd]) await file.close();
  });

  it.each([
    ['object.npy', /object\.npy: holds objects of Python \(descr '\|O'\)/],
    ['text.npy', /text\.npy: holds texts \('<U3'\)\. Save an array of numbers/],
    ['complex.npy', /complex\.npy: holds complex numbers \('<c8'\)\. Save their parts/],
    ['record.npy', /record\.npy: holds records of \[\('a', '<f4'\)/],
    ['latest.h5', /latest\.h5: has a group in HDF5's dense form, which Keras does not write/],
    ['text.h5', /text\.h5: holds no numbers/],
  ])('%s is refused by what it holds', async (file, message) => {
    await expect(openTensors(fixture(file))).rejects.toThrow(message);
  });
});
