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
    await expect(numbers('expanded.pth', 'vast')).rejects.toThrow(/vast: is expanded from 1 elements to 1099511627776/);
  });

  it.each([
    ['classes.pth', 'argparse.Namespace, numpy._core.multiarray.scalar and utils.AverageMeter'],
    ['classes-legacy.pth', 'argparse.Namespace and numpy._core.multiarray.scalar'],
  ])('%s: objects of other classes are passed over, and told', async (name, classes) => {
    const file = await opened(name);
    expect([...file.tensors.keys()]).toEqual(['w', 'b']);
    expect(file.notes).toEqual([`passes over objects of ${classes}: no code of the file is run`]);
    await file.close();
  });

  it('are told nothing where nothing is passed over', async () => {
    const file = await opened('beside-loss.pth');
    expect(file.notes).toBeUndefined();
    await file.close();
  });

  it('may be of a kind of dictionary', async () => {
    const file = await opened('config.pth');
    expect(file.places).toEqual(['network', 'config.network']);
    expect([...file.tensors.keys()]).toEqual(['w', 'b']);
    await file.close();
  });

  it('name an object that has tensors in it where it is asked for', async () => {
    await expect(numbers('learner.pth', 'learner')).rejects.toThrow(
      /learner\.pth: learner: is an object of __main__\.Learner, whose numbers only its class can tell.*save model\.state_dict/,
    );
    expect(await numbers('learner.pth', 'loss')).toEqual([9]);
    await expect(opened('learner-alone.pth')).rejects.toThrow(/learner-alone\.pth: is an object of __main__\.Learner/);
  });

  it('hold arrays of NumPy', async () => {
    expect(await numbers('arrays.pth', 'w')).toEqual([1, 2]);
    expect(await numbers('arrays.pth', 'd')).toEqual([3, 4]);
  });

  it('hold a whole module, whose code is not run', async () => {
    const [file, state] = [await opened('module.pth'), await opened('net.pth')];
    expect([...file.tensors.keys()]).toEqual([...state.tensors.keys()]);
    for (const [name, tensor] of state.tensors) {
      expect(file.tensors.get(name)?.shape).toEqual(tensor.shape);
      expect(await file.tensors.get(name)?.read()).toEqual(await tensor.read());
    }
    await state.close();
    expect(file.notes).toEqual(['holds a whole module (__main__.Net): its weights are read, its code is not run']);
    await file.close();
  });

  it('of TorchScript hold weights, unless they are frozen', async () => {
    expect(await numbers('torchscript.pt', 'fc.weight')).toEqual([1, 2]);
    expect(await numbers('torchscript.pt', 'fc.bias')).toEqual([3]);
    await expect(opened('torchscript-frozen.pt')).rejects.toThrow(/is a frozen module of TorchScript, whose weights/);
  });

  it.each([
    [
      'sparse.pth',
      's',
      [2, 2],
      /sparse\.pth: s: is a sparse tensor \(torch\.sparse_coo\)\. Save its to_dense\(\) form/,
    ],
    ['sparse.pth', 'c', [2, 2], /c: is a sparse tensor \(torch\.sparse_csr\)/],
    ['meta.pth', 'm', [3, 4], /m: is on the device meta, so that the file has its shape and no elements/],
  ])('%s: %s is told for what it is, when it is asked for', async (name, key, shape, message) => {
    const file = await opened(name);
    expect(file.tensors.get(key)?.shape).toEqual(shape);
    await file.close();
    await expect(numbers(name, key)).rejects.toThrow(message);
    expect(await numbers(name, 'w')).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('of torch.ao.quantization stand for floats', async () => {
    expect(await numbers('quantised.pth', 'whole')).toEqual([-65, -1, 62.5, -0.5, 0, 0.5]);
    expect(await numbers('quantised.pth', 'rows')).toEqual([-64, 0, 63.5, 0, 2, 4]);
  });

  it.each([
    ['xla.pth', 'w', [1, 2], 'of XLA'],
    ['xla.pth', 'x', [3], 'of XLA, as PyTorch before 1.10 wrote it'],
    ['xla.pth', 'p', [4], 'of XLA, in a parameter'],
    ['dtensor.pth', 'one', [1, 2, 3, 4], 'of one rank that has all of it'],
    ['module-sources-legacy.pth', 'fc.weight', [1, 2], 'of a whole module, its source in the file'],
    ['module-sources-legacy.pth', 'fc.bias', [3], 'of a whole module'],
  ])('%s: %s is read', async (name, key, values) => {
    expect(await numbers(name, key)).toEqual(values);
  });

  it.each([
    [
      'two',
      /dtensor\.pth: two: is a DTensor of \[2, 2\], of which this file has the part of one rank, \[1, 2\]\. Save the full_tensor\(\)/,
    ],
    ['sum', /sum: is a DTensor of \[2, 2\], .* \[2, 2\], a part of a sum\. Save the full_tensor\(\)/],
    ['packed', /packed: is a tensor of torchao\.PackedTensor, whose numbers only its class can tell/],
  ])('dtensor.pth: %s is told for what it is', async (key, message) => {
    await expect(numbers('dtensor.pth', key)).rejects.toThrow(message);
  });

  it('name what stands where tensors are looked for', async () => {
    await expect(opened('new-device.pth')).rejects.toThrow(
      /holds a dict of 1 without a dict of tensors, but with objects of torch\._utils\._rebuild_new_tensor\. Save model\.state_dict\(\) into it, of plain tensors on the CPU/,
    );
    await expect(numbers('new-device-storage.pth', 'w')).rejects.toThrow(
      /w: is an object of torch\._utils\._rebuild_new_tensor, whose/,
    );
  });
});
