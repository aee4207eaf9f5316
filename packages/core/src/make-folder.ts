import type { Stats } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from './system-code.ts';

async function kindOf(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error)) && path.dirname(file) !== file) return undefined;
    throw error;
  }
}

/**
 * Makes a folder and those it lies in, where they are missing, one by one from the outermost. Node's own `mkdir` with `recursive` never
 * comes back from a file system that answers ENOENT to a new folder in one that is there, as /proc does.
 *
 * @returns The folders that were made, outermost first.
 * @throws The system's error about the first folder that cannot be made.
 */
export async function makeFolder(folder: string): Promise<string[]> {
  const missing: string[] = [];
  let there = path.resolve(folder);
  let kind = await kindOf(there);
  // A file in the place of the folder: making it fails with the right error.
  if (kind && !kind.isDirectory()) missing.push(there);
  for (; !kind; kind = await kindOf(there)) {
    missing.unshift(there);
    there = path.dirname(there);
  }
  const made: string[] = [];
  for (const one of missing) {
    try {
      await mkdir(one);
      made.push(one);
    } catch (error) {
      // Another program may have been faster.
      if (systemCode(error) !== 'EEXIST' || !(await stat(one)).isDirectory()) throw error;
    }
  }
  return made;
}
