import { describe, expect, it } from 'vitest';
import { openTensors } from '../../open-tensors.ts';

// A dictionary that numpy.save pickled, made by fixtures/make_checkpoints.py.

describe('a dictionary of arrays in a .npy file', () => {
  it.each([2, 3, 4])('is read from a pickle of protocol %i', async (protocol) => {
    const file = await openTensors(new URL(`../../../fixtures/dictionary-${protocol}.npy`, import.meta.url));
    expect([...file.tensors.values()].map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual([
      ['fc6/0', 'F32', [1, 2]],
      ['fc6/1', 'F64', [2]],
    ]);
    expect([...((await file.tensors.get('fc6/0')?.read()) ?? [])]).toEqual([1, 2]);
    expect([...((await file.tensors.get('fc6/1')?.read()) ?? [])]).toEqual([3, 4]);
    await file.close();
  });

  it('that names anything but arrays is refused, and nothing is run', async () => {
    const header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }\n";
    const pickle = "cos\nsystem\n(S'echo'\ntR.";
    const lead = String.fromCharCode(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0);
    const bytes = Uint8Array.from(`${lead}${header}${pickle}`, (letter) => letter.charCodeAt(0));
    await expect(openTensors(new File([bytes], 'a.npy'))).rejects.toThrow(/names "os\.system", which is not among/);
  });
});
