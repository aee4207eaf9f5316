import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { random } from '@zoo/core';
import sharp from 'sharp';

/** Colours that a tiny network tells apart in a few steps. */
const colours: Readonly<Record<string, readonly [number, number, number]>> = {
  blue: [40, 40, 200],
  green: [40, 180, 40],
  red: [200, 40, 40],
};

/** A noisy picture of one colour, as a PNG file. */
export async function writePicture(file: string, colour: string, seed: number, side = 24): Promise<void> {
  const { uniform } = random(seed);
  const mean = colours[colour] ?? [128, 128, 128];
  const pixels = Uint8Array.from({ length: side * side * 3 }, (_, index) =>
    Math.min(255, Math.max(0, (mean[index % 3] ?? 0) + 120 * (uniform() - 0.5))),
  );
  await mkdir(path.dirname(file), { recursive: true });
  await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toFile(file);
}

/** A folder with a sub-folder of pictures for each of these colours. */
export async function pictureFolder(folder: string, names: readonly string[], each: number): Promise<string> {
  for (const [label, name] of names.entries())
    for (let index = 0; index < each; index++)
      await writePicture(path.join(folder, name, `${index}.png`), name, label * 1000 + index);
  return folder;
}
