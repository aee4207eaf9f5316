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
    expect(file.format).toBe('safetensors-index');
    expect([...((await file.tensors.get('b')?.read()) ?? [])]).toEqual([2]);
  });

  it.each([
    [{ a: '3.safetensors' }, /needs 3\.safetensors, which is not among the files/],
    [{ a: '2.safetensors' }, /says that a lies in 2\.safetensors, where it does not/],
    [{ a: '../2.safetensors' }, /may lie outside its folder/],
    [{ a: 'x.pth' }, /names the shard "x\.pth", which is no safetensors file/],
    [null, /has no weight_map of its shards/],
  ])('%j is refused', async (map, message) => {
    await expect(openTensors([index(map), ...(await shards())])).rejects.toThrow(message);
  });
});
