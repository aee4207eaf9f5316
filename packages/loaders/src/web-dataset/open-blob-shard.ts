import { isOfClass } from '@zoo/core';
import { inflateShard } from './inflate-shard.ts';
import type { Shard } from './shard.ts';
import { shardOfBlob } from './shard-of-blob.ts';

/** How a gzipped file begins (RFC 1952). */
export const isGzip = (begin: Uint8Array): boolean => begin[0] === 0x1f && begin[1] === 0x8b;

/** A Blob as a shard, inflated where it is gzipped. */
export async function openBlobShard(blob: Blob, nameless: string): Promise<Shard> {
  const name = isOfClass(blob, 'File') ? blob.name : nameless;
  if (!isGzip(new Uint8Array(await blob.slice(0, 2).arrayBuffer()))) return shardOfBlob(blob, name);
  return shardOfBlob(await inflateShard(blob.stream(), blob.size, name), name);
}
