import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Files } from './bomb.ts';

/** A folder for hostile files, which is gone when `use` is. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-hostile-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes files into a folder of their own. @returns The path of the first, and how many bytes all have. */
export async function write(files: Files, folder: string): Promise<{ path: string; bytes: number }> {
  await mkdir(folder, { recursive: true });
  let [first, bytes]: [string | undefined, number] = [undefined, 0];
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await writeFile(file, content);
    bytes += (await stat(file)).size;
    first ??= file;
  }
  if (first === undefined) throw new Error('no files');
  return { path: first, bytes };
}
