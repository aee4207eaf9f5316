import { describe, expect, it } from 'vitest';
import { openTensors } from '../../open-tensors.ts';

// What training scripts save, made by fixtures/make_checkpoints.py.
const opened = (name: string) => openTensors(new URL(`../../../fixtures/${name}`, import.meta.url));
const numbers = async (name: string, key: string) => {
  const file = await opened(name);
  try {
    return [...((await file.tensors.get(key)?.read()) ?? [])];
  } finally {
    await file.close();
  }
};

describe('checkpoints as training scripts leave them', () => {
  it.each([
    ['beside-loss.pth', 'a loss beside the state dict'],
    ['beside-rng.pth', 'the state of a random generator beside it, under a name of its own'],
    ['in-list.pth', 'a list of the network and its optimiser'],
    ['counter.pth', "a scheduler's Counter, and a set"],
    ['protocol4-legacy.pth', 'the form before 1.6 by pickle protocol 4'],
  ])('%s: %s', async (name) => {
    const file = await opened(name);
    expect([...file.tensors.keys()]).toEqual(['w', 'b']);
    await file.close();
    expect(await numbers(name, 'w')).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('give every dictionary, for whoever knows which fits', async () => {
    const file = await opened('two-dicts.pth');
    expect([...file.tensors.keys()]).toEqual(['a', 'c', 'd']);
    expect(file.others?.map((one) => [...one.keys()])).toEqual([['w', 'b']]);
    await file.close();
  });

  it('hold a tensor with attributes', async () => {
    expect(await numbers('attribute.pth', 't')).toEqual([5]);
  });

  it('hold types of untyped storages; one that is not read spoils nothing', async () => {
    expect(await numbers('untyped.pth', 'u')).toEqual([1, 65535]);
    expect(await numbers('untyped.pth', 'f')).toEqual([1, -3, 2 ** -9]);
    expect(await numbers('untyped.pth', 'b')).toEqual([7, 8]);
    await expect(numbers('untyped.pth', 'z')).rejects.toThrow(/z: has elements of a type that is not read/);
  });

  it('hold an expanded tensor, but not one beyond all memory', async () => {
    expect(await numbers('expanded.pth', 'e')).toEqual([3, 3, 3, 3]);
    await expect(numbers('expanded.pth', 'vast')).rejects.toThrow(/vast: is expanded from 1 numbers to 1099511627776/);
  });

  it('of torch.ao.quantization stand for floats', async () => {
    expect(await numbers('quantised.pth', 'whole')).toEqual([-65, -1, 62.5, -0.5, 0, 0.5]);
    expect(await numbers('quantised.pth', 'rows')).toEqual([-64, 0, 63.5, 0, 2, 4]);
  });
});
