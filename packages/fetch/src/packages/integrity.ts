import { createHash, type Hash } from 'node:crypto';
import { ZooError } from '@zoo/core';

/** A hash as npm writes it: `sha512-BASE64`. */
export type Integrity = string;

export const integrityOf = (algorithm: string, hex: string): Integrity =>
  `${algorithm}-${Buffer.from(hex, 'hex').toString('base64')}`;

/** The hash that an integrity is made with, to be fed the bytes. */
export const hashFor = (integrity: Integrity): Hash => createHash(integrity.slice(0, integrity.indexOf('-')));

/** @throws ZooError `network` unless the bytes are those of the integrity: what came is not what was asked for. */
export function requireIntegrity(hash: Hash, bytes: number, expected: Integrity): void {
  const actual = `${expected.slice(0, expected.indexOf('-'))}-${hash.digest('base64')}`;
  if (actual !== expected)
    throw new ZooError(
      'network',
      `refused: ${bytes} bytes as expected, but its hash is ${actual}, expected ${expected}`,
    );
}
