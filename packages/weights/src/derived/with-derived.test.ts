import type { NamedTensor, StoredTensor } from '@zoo/tensor-files';
import { tensorFile } from '@zoo/testing/tensor-file';
import { describe, expect, it } from 'vitest';
import { withDerived } from './with-derived.ts';

type Given = readonly [
  name: string,
  shape: readonly number[],
  values: readonly number[],
  dtype?: StoredTensor['dtype'],
];

function fileOf(...given: readonly Given[]) {
  const named = given.map(
    ([name, shape, values]): NamedTensor => ({
      name,
      shape,
      data: () => Float32Array.from(values),
    }),
  );
  const file = tensorFile(named);
  const tensors = new Map(
    given.map(([name, , , dtype = 'F32']): [string, StoredTensor] => {
      const { shape = [], read = async () => new Float32Array() } = file.tensors.get(name) ?? {};
      return [name, { name, dtype, shape, read }];
    }),
  );
  return withDerived({ ...file, tensors });
}

const read = async (file: ReturnType<typeof fileOf>, name: string) => [
  ...((await file.tensors.get(name)?.read()) ?? []),
];
const names = (file: ReturnType<typeof fileOf>) => [...file.tensors.keys()];

describe('weights that are made of several tensors', () => {
  it.each<[string, Given[], number[]]>([
    ['one scale', [['a.weight_scale', [], [0.5]]], [0.5, 1, 1.5, 2]],
    ['a scale for each output', [['a.weight_scale', [2], [1, 10]]], [1, 2, 30, 40]],
    ['scales with axes of 1', [['a.weight.scale', [2, 1], [1, 10]]], [1, 2, 30, 40]],
    ['scales of blocks', [['a.weight_scale', [2, 2], [1, 2, 3, 4]]], [1, 4, 9, 16]],
    [
      'a zero point',
      [
        ['a.weight_scale', [1], [2]],
        ['a.weight_zero_point', [1], [1]],
      ],
      [0, 2, 4, 6],
    ],
    ['the maxima of rows, which stand for 127', [['a.SCB', [2], [127, 254]]], [1, 2, 6, 8]],
  ])('whole numbers with %s', async (_, scales, expected) => {
    const file = fileOf(['a.weight', [2, 2], [1, 2, 3, 4], 'I8'], ...scales);
    expect(names(file)).toEqual(['a.weight']);
    expect(await read(file, 'a.weight')).toEqual(expected);
  });

  it('float8 with the scale that its name calls inverse', async () => {
    const file = fileOf(['a.weight', [2], [1, 2], 'F8_E4M3'], ['a.weight_scale_inv', [1], [3]]);
    expect(await read(file, 'a.weight')).toEqual([3, 6]);
  });

  it("of Keras' kernels have scales along the last axis, which divide", async () => {
    const file = fileOf(['a/kernel', [2, 2], [1, 2, 3, 4], 'I8'], ['a/kernel_scale', [2], [1, 8]]);
    expect(await read(file, 'a/kernel')).toEqual([1, 0.25, 3, 0.5]);
  });

  it("of Keras' third format have scales behind the bias, which divide", async () => {
    const layer = 'layers/dense/vars';
    const file = fileOf(
      [`${layer}/0`, [2, 2], [1, 2, 3, 4], 'I8'],
      [`${layer}/1`, [2], [5, 6]],
      [`${layer}/2`, [2], [1, 8]],
    );
    expect(await read(file, `${layer}/0`)).toEqual([1, 0.25, 3, 0.5]);
    expect(names(file)).toEqual([`${layer}/0`, `${layer}/1`]);
    expect([...file.derived.values()]).toEqual(['dequantised']);
  });

  it('may lie under other names than their weight, with scales of the layer, one for each output', async () => {
    const quanto = fileOf(['a.weight._data', [1, 2], [1, 2], 'I8'], ['a.weight._scale', [1, 1], [3]]);
    expect(names(quanto)).toEqual(['a.weight']);
    expect(await read(quanto, 'a.weight')).toEqual([3, 6]);
    const layer = fileOf(['a.weight', [2, 1], [1, 2], 'I8'], ['a.scales', [2], [3, 4]], ['a.zero_point', [2], [1, 1]]);
    expect(await read(layer, 'a.weight')).toEqual([0, 4]);
    // One number beside a layer is how its outputs are rounded; a weight that is there needs no other.
    const outputs: readonly Given[] = [
      ['a.weight', [2, 1], [1, 2], 'I8'],
      ['a.scale', [], [3]],
    ];
    expect(names(fileOf(...outputs))).toEqual(['a.weight', 'a.scale']);
    const both: readonly Given[] = [
      ['a', [1], [5]],
      ['a_q', [1], [1], 'I8'],
      ['a_scale', [], [3]],
    ];
    expect(names(fileOf(...both))).toEqual(['a', 'a_q', 'a_scale']);
  });

  it('of filters may have scales of [outputs, 1]', async () => {
    const file = fileOf(['a.weight', [2, 1, 1, 2], [1, 2, 3, 4], 'I8'], ['a.weight_scale', [2, 1], [1, 10]]);
    expect(await read(file, 'a.weight')).toEqual([1, 2, 30, 40]);
  });

  it('are refused where the scales do not fit', async () => {
    const file = fileOf(['a.weight', [2, 2], [1, 2, 3, 4], 'I8'], ['a.weight_scale', [3], [1, 2, 3]]);
    await expect(read(file, 'a.weight')).rejects.toThrow(
      /a\.weight: is \[2,2\] of I8, but its scales are \[3\], which do not fit\. Dequantise it/,
    );
  });

  it('floats keep their numbers, whatever lies beside them', async () => {
    const file = fileOf(['a.weight', [1], [1]], ['a.weight_scale', [1], [3]]);
    expect(names(file)).toEqual(['a.weight', 'a.weight_scale']);
  });

  it.each([
    ['a.weight_g', 'a.weight_v'],
    ['a.parametrizations.weight.original0', 'a.parametrizations.weight.original1'],
  ])('weight norm: %s and %s', async (g, v) => {
    const file = fileOf(['a.bias', [2], [0, 0]], [g, [2, 1], [10, 1]], [v, [2, 2], [3, 4, 0, 2]]);
    expect(names(file)).toEqual(['a.bias', 'a.weight']);
    expect(await read(file, 'a.weight')).toEqual([6, 8, 0, 1]);
    expect([...file.derived.values()]).toEqual(['weight norm']);
  });

  it('weight norm of one magnitude, and along the second axis', async () => {
    expect(await read(fileOf(['weight_g', [], [10]], ['weight_v', [1, 2], [3, 4]]), 'weight')).toEqual([6, 8]);
    const columns = fileOf(['weight_g', [1, 2], [10, 1]], ['weight_v', [2, 2], [3, 0, 4, 2]]);
    expect(await read(columns, 'weight')).toEqual([6, 0, 8, 1]);
  });

  it.each([
    ['a.weight_orig', 'a.weight_u', 'a.weight_v'],
    ['a.parametrizations.weight.original', 'a.parametrizations.weight.0._u', 'a.parametrizations.weight.0._v'],
  ])('spectral norm: %s', async (weight, u, v) => {
    // u · W v = 4.
    const file = fileOf([weight, [2, 2], [4, 0, 0, 1]], [u, [2], [1, 0]], [v, [2], [1, 0]]);
    expect(names(file)).toEqual(['a.weight']);
    expect(await read(file, 'a.weight')).toEqual([1, 0, 0, 0.25]);
  });

  it('spectral norm along the second axis: by the lengths of its vectors, of a square matrix by their directions', async () => {
    const long = fileOf(['a_orig', [1, 2], [3, 4]], ['a_u', [2], [0, 1]], ['a_v', [1], [1]]);
    expect(await read(long, 'a')).toEqual([0.75, 1]);
    // W = [[0, 2], [0, 0]]: along the rows u · W v is 0, along the columns 2.
    const square = fileOf(['a_orig', [2, 2], [0, 2, 0, 0]], ['a_u', [2], [0, 1]], ['a_v', [2], [1, 0]]);
    expect(await read(square, 'a')).toEqual([0, 1, 0, 0]);
  });

  it('pruned weights', async () => {
    const file = fileOf(['a.weight_orig', [2], [4, 5]], ['a.weight_mask', [2], [0, 1]]);
    expect(await read(file, 'a.weight')).toEqual([0, 5]);
  });

  it('of another parametrisation are refused, and never taken for whole ones', async () => {
    const file = fileOf(['a.parametrizations.weight.original', [2], [4, 5]]);
    await expect(read(file, 'a.weight')).rejects.toThrow(/under a parametrisation that the file does not say/);
  });
});
