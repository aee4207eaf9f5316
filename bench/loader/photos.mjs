// Pictures like photos, made by a seed: noise of five sizes, from broad colours to grain, 500 x 375 pixels in JPEG.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { forEachConcurrently, random } from '@zoo/core';
import sharp from 'sharp';

const [width, height] = [500, 375];
/** Width, height and strength of each noise. */
const octaves = [
  [4, 3, 90],
  [16, 12, 60],
  [64, 48, 50],
  [160, 120, 35],
  [width, height, 12],
];

async function writePhoto(file, seed) {
  const { integer } = random(1, seed);
  const sums = new Float32Array(width * height * 3).fill(128);
  for (const [columns, rows, strength] of octaves) {
    const noise = Uint8Array.from({ length: columns * rows * 3 }, () => integer(256));
    const wide = await sharp(noise, { raw: { width: columns, height: rows, channels: 3 } })
      .resize(width, height, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    for (let i = 0; i < sums.length; i++) sums[i] += (wide[i] / 255 - 0.5) * 2 * strength;
  }
  const pixels = Uint8ClampedArray.from(sums);
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toFile(file);
}

/** Writes `count` pictures of ten classes into a folder, unless they are there. */
export async function writePhotos(folder, count) {
  const fileOf = (index) => path.join(folder, `class-${index % 10}`, `${String(index).padStart(5, '0')}.jpg`);
  for (let label = 0; label < 10; label++) await mkdir(path.dirname(fileOf(label)), { recursive: true });
  await forEachConcurrently(count, 4, async (index) => {
    if (!existsSync(fileOf(index))) await writePhoto(fileOf(index), index);
  });
}
