import path from 'node:path';
import type { WrittenFile } from '../convert/write-model.ts';
import { bytes, counted } from './quantities.ts';

/** More files of one folder and ending are summed up: TensorFlow.js's weights come in pieces of 4 MB. */
const maxListed = 3;

const sizeOf = (files: readonly WrittenFile[]): number => files.reduce((sum, file) => sum + file.bytes, 0);

/** What was written: each file with its size, or the first of many with the size of all. */
export function writtenFiles(written: readonly WrittenFile[]): string[] {
  const alike = new Map<string, WrittenFile[]>();
  for (const file of written) {
    const key = path.join(path.dirname(file.path), path.extname(file.path));
    alike.set(key, [...(alike.get(key) ?? []), file]);
  }
  return [...alike.values()].flatMap((files) => {
    const [first] = files;
    if (!first || files.length <= maxListed) return files.map((file) => `${file.path}, ${bytes(file.bytes)}`);
    return [`${first.path} and ${counted(files.length - 1, 'more piece')}, ${bytes(sizeOf(files))}`];
  });
}
