import { ZooError } from '@zoo/core';

/** Hashes of a file, in hexadecimal digits, as far as they are known or asked for. */
export interface Hashes {
  sha256?: string | undefined;
  sha1?: string | undefined;
}

const algorithms = ['sha256', 'sha1'] as const;
const digits = { sha256: 64, sha1: 40 } as const;

/** @throws ZooError `usage` for what cannot be a hash, whatever file comes. */
export function requireHashForm(expected: Hashes): void {
  for (const algorithm of algorithms) {
    const wanted = expected[algorithm];
    if (wanted !== undefined && !(wanted.length === digits[algorithm] && /^[0-9a-f]*$/i.test(wanted)))
      throw new ZooError(
        'usage',
        `${algorithm} is ${JSON.stringify(wanted)}, expected ${digits[algorithm]} hexadecimal digits. Leave it out to take any file.`,
      );
  }
}

/** Whether anything is asked for. */
export const isPinned = (expected: Hashes): boolean => algorithms.some((one) => expected[one] !== undefined);

/** Whether these are the hashes asked for. One that is not known is not the one asked for. */
export const hasHashes = (actual: Hashes, expected: Hashes): boolean =>
  algorithms.every((one) => expected[one] === undefined || expected[one].toLowerCase() === actual[one]);

/** @throws ZooError `corrupt-file` unless the hashes are those that the caller expects. */
export function requireHashes(name: string, bytes: number, actual: Hashes, expected: Hashes): void {
  for (const algorithm of algorithms) {
    const wanted = expected[algorithm]?.toLowerCase();
    if (wanted !== undefined && actual[algorithm] !== wanted)
      throw new ZooError(
        'corrupt-file',
        `${name}: refused, the ${bytes} bytes that came have the ${algorithm} ${actual[algorithm]}, expected ${wanted}. Ask its owner, or look for the file elsewhere.`,
      );
  }
}
