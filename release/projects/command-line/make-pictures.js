// Pictures of two classes, ten each: node make-pictures.js FOLDER
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

const folder = process.argv[2];
for (const [name, value] of [
  ['dark', 40],
  ['light', 200],
])
  for (let index = 0; index < 10; index++) {
    await mkdir(path.join(folder, name), { recursive: true });
    const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => value + ((i * (index + 3)) % 23));
    const picture = sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } });
    await picture.png().toFile(path.join(folder, name, `${index}.png`));
  }
