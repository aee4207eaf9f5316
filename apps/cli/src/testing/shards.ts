import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar, type TarEntry } from 'modern-tar';
import { writePicture } from './pictures.ts';

/** A picture of a shard: its key, its colour, and the file that says its class. */
export interface ShardPicture {
  key: string;
  colour: string;
  /** `cls` and `1`, or `json` and `{"label": "red"}`. */
  label: readonly [ending: string, text: string];
  /** Of the noise. */
  seed: number;
  /** Bytes that are left of its file. Default: all. */
  cut?: number;
}

const entry = (name: string, body: Uint8Array | string): TarEntry => ({
  header: { name, size: Buffer.from(body).length, type: 'file' },
  body,
});

/** Writes a tar shard, gzipped where its name says so. */
export async function writeShard(file: string, pictures: readonly ShardPicture[]): Promise<string> {
  const entries: TarEntry[] = [];
  const loose = `${file}.png`;
  await mkdir(path.dirname(file), { recursive: true });
  for (const { key, colour, label, seed, cut } of pictures) {
    await writePicture(loose, colour, seed);
    entries.push(entry(`${key}.png`, (await readFile(loose)).subarray(0, cut)), entry(`${key}.${label[0]}`, label[1]));
  }
  const bytes = await packTar(entries);
  await writeFile(file, file.endsWith('gz') ? gzipSync(bytes) : bytes);
  await rm(loose);
  return file;
}

/** Pictures of two colours in turn, blue of number 0 and red of number 1. */
export const twoColours = (count: number, first = 0): ShardPicture[] =>
  Array.from({ length: count }, (_, index) => ({
    key: String(first + index).padStart(4, '0'),
    colour: index % 2 === 0 ? 'blue' : 'red',
    label: ['cls', String(index % 2)],
    seed: first + index,
  }));
