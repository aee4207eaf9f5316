import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openTensors } from '../../open-tensors.ts';
import { safetensorsBytes } from './safetensors-bytes.ts';

async function shard(file: string, name: string, value: number): Promise<File> {
  const pieces: BlobPart[] = [];
  for await (const piece of safetensorsBytes([{ name, shape: [1], data: () => Float32Array.of(value) }]))
    pieces.push(Uint8Array.from(piece));
  return new File(pieces, file);
}
const index = (map: unknown) =>
  new File([JSON.stringify({ metadata: { total_size: 8 }, weight_map: map }, null, 2)], 'm.safetensors.index.json');

describe('a sharded checkpoint', () => {
  const shards = async () => [await shard('1.safetensors', 'a', 1), await shard('2.safetensors', 'b', 2)];

  it('is read by its index', async () => {
    const file = await openTensors([index({ a: '1.safetensors', b: '2.safetensors' }), ...(await shards())]);
    expect(file.format).toBe('sharded');
    expect([...((await file.tensors.get('b')?.read()) ?? [])]).toEqual([2]);
  });

  it('may have shards of PyTorch', async () => {
    const bytes = async (file: string) =>
      new Uint8Array(await readFile(new URL(`../../../fixtures/${file}`, import.meta.url)));
    const file = await openTensors([
      index({ w: 'pytorch_model-00001-of-00002.bin', t: 'pytorch_model-00002-of-00002.bin' }),
      new File([await bytes('counter.pth')], 'pytorch_model-00001-of-00002.bin'),
      new File([await bytes('attribute.pth')], 'pytorch_model-00002-of-00002.bin'),
    ]);
    expect([...((await file.tensors.get('w')?.read()) ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...((await file.tensors.get('t')?.read()) ?? [])]).toEqual([5]);
  });

  it.each([
    [{ a: '3.safetensors' }, /needs 3\.safetensors, which is not among the files/],
    [{ a: '2.safetensors' }, /says that a lies in 2\.safetensors, where it does not/],
    [{ a: '../2.safetensors' }, /may lie outside its folder/],
    [{ a: 'x.h5' }, /names the shard "x\.h5", which is a file neither of safetensors nor of PyTorch/],
    [null, /has no weight_map of its shards/],
  ])('%j is refused', async (map, message) => {
    await expect(openTensors([index(map), ...(await shards())])).rejects.toThrow(message);
  });
});
