import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { random } from '@zoo/core';
import { batches, webDataset } from '@zoo/loaders';
import sharp from 'sharp';
import { tarEntry } from '../hostile/bombs/sets.ts';
import { joined, zeros } from '../hostile/bytes.ts';
import { inFolder } from '../hostile/folders.ts';
import { shardBatches } from './shard-batches.ts';

/** Shards, plain and gzipped, and the batches that Node makes of them, from their files. Bytes are base64. */
export interface ShardsForPage {
  plain: string;
  packed: string;
  batches: { images: string; labels: number[] }[];
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A shard of noisy pictures of several sizes, with classes as numbers and as JSON. */
async function shard(first: number, count: number): Promise<Uint8Array> {
  const entries: Uint8Array[] = [];
  for (let index = first; index < first + count; index++) {
    const { integer } = random(index);
    const [width, height] = [16 + integer(10), 16 + integer(10)];
    const raw = { width, height, channels: 3 } as const;
    const png = sharp(
      Uint8Array.from({ length: width * height * 3 }, () => integer(256)),
      { raw },
    ).png();
    const label = index % 2 === 0 ? tarEntry(`${index}.cls`, `${index % 3}`) : undefined;
    const json = tarEntry(`${index}.json`, JSON.stringify({ width, label: index % 3 }));
    entries.push(tarEntry(`${index}.png`, new Uint8Array(await png.toBuffer())), label ?? json);
  }
  return joined(entries, zeros(1024));
}

export async function shardsForPage(): Promise<ShardsForPage> {
  const [plain, packed] = [await shard(0, 9), gzipSync(await shard(9, 6))];
  return inFolder(async (folder) => {
    const files = ['plain.tar', 'packed.tar.gz'].map((name) => path.join(folder, name));
    for (const [index, bytes] of [plain, packed].entries()) await writeFile(files[index] ?? '', bytes);
    const made: ShardsForPage['batches'] = [];
    for await (const { images, labels } of batches(await webDataset(files), shardBatches))
      made.push({ images: text(new Uint8Array(images.buffer)), labels: Array.from(labels) });
    return { plain: text(plain), packed: text(new Uint8Array(packed)), batches: made };
  });
}
