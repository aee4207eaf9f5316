import { createHash } from 'node:crypto';
import type { PinnedFile } from './pinned-file.ts';

/** What is wrong with the bytes of a file, actual against expected. Undefined when nothing is. */
export function fileProblem(bytes: Uint8Array, { bytes: size, sha256 }: PinnedFile): string | undefined {
  if (bytes.length !== size) return `${bytes.length} bytes, expected ${size}`;
  const actual = createHash('sha256').update(bytes).digest('hex');
  return actual === sha256 ? undefined : `SHA-256 is ${actual}, expected ${sha256}`;
}
