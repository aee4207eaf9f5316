import type { Shard } from './shard.ts';

/** A shard in a Blob, which workers may be given without a copy of it. */
export const shardOfBlob = (blob: Blob, name: string): Shard => ({
  name,
  size: blob.size,
  file: blob,
  read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  close: async () => {},
});
