import path from 'node:path';
import { openForReading } from '@zoo/core/files';
import { isGzip, openBlobShard } from '../web-dataset/open-blob-shard.ts';
import type { Shard } from '../web-dataset/shard.ts';

/** A shard by its path; a gzipped one is inflated into memory. */
export async function openShard(file: string | Blob, nameless: string): Promise<Shard> {
  if (typeof file !== 'string') return openBlobShard(file, nameless);
  const name = path.basename(file);
  const { handle, size } = await openForReading(file, file, 'a shard: a tar archive of pictures');
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, offset);
    return bytes.subarray(0, bytesRead);
  };
  const begin = await read(0, 2);
  if (!isGzip(begin)) return { name, size, file: path.resolve(file), read, close: () => handle.close() };
  const packed = new Blob([Uint8Array.from(await handle.readFile())]);
  await handle.close();
  return openBlobShard(packed, name);
}
