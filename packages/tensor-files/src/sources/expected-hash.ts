import { ZooError } from '@zoo/core';
import type { OpenOptions } from './tensor-source.ts';

/** Hashes of a file, in hexadecimal digits. */
export interface Hashes {
  sha256: string;
  sha1: string;
}

/** @throws ZooError `corrupt-file` unless the hashes are those that the caller expects. */
export function requireHashes(name: string, bytes: number, actual: Hashes, expected: OpenOptions): void {
  for (const algorithm of ['sha256', 'sha1'] as const) {
    const wanted = expected[algorithm]?.toLowerCase();
    if (wanted !== undefined && actual[algorithm] !== wanted)
      throw new ZooError(
        'corrupt-file',
        `${name}: refused, the ${bytes} bytes that came have the ${algorithm} ${actual[algorithm]}, expected ${wanted}. Ask its owner, or look for the file elsewhere.`,
      );
  }
}
