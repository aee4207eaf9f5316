import { isZooError } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import { openTensors } from '../../open-tensors.ts';
import { elementType, npyHeaderBytes } from './npy-header.ts';

describe('elements of NumPy that are not read', () => {
  it.each([
    [
      '|V1',
      /^a: holds bytes of a type that NumPy has no name for, as float8 .* \('\|V1'\)\. .*array\.view\(ml_dtypes\.float8_e4m3fn\)/,
    ],
    ['|V12', /^a: holds bytes without a type \('\|V12'\)\. Save an array of numbers\.$/],
    ['|S5', /^a: holds texts/],
    ['<M8[ns]', /^a: holds dates or times/],
    ['<c16', /^a: holds complex numbers .*array\.real, array\.imag\.$/],
    [
      '<f16',
      /^a: holds numbers of another type than are read \('<f16'\)\. Convert it first, as by array\.astype\("f4"\)\.$/,
    ],
  ])('%s are named', (descr, message) => {
    const type = elementType(descr, 'a');
    expect(isZooError(type) && type.message).toMatch(message);
  });
});

describe('two bytes without a type', () => {
  it.each(['<V2', '|V2'])('%s are bfloat16', async (descr) => {
    const bytes = [npyHeaderBytes([2], descr), Uint8Array.of(0x80, 0x3f, 0x00, 0xc0)].map((part) =>
      Uint8Array.from(part),
    );
    const file = await openTensors(new File(bytes, 'a.npy'));
    expect([...((await file.tensors.get('a')?.read()) ?? [])]).toEqual([1, -2]);
    expect(file.notes).toEqual([
      'holds elements of two bytes without a type (V2), as bfloat16 of ml_dtypes is saved: they are read as bfloat16',
    ]);
  });
});
