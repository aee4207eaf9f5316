import { ZooError } from '@zoo/core';
import type { ByteSource } from './byte-source.ts';
import type { OpenOptions } from './tensor-source.ts';

const hex = (digest: ArrayBuffer): string =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');

const hashes = [
  ['sha256', 'SHA-256', 64],
  ['sha1', 'SHA-1', 40],
] as const;

/** @throws ZooError `usage` for what cannot be a hash, before anything is read. */
export function requireHashForm(expected: OpenOptions): void {
  for (const [option, , digits] of hashes) {
    const wanted = expected[option];
    if (wanted !== undefined && !(wanted.length === digits && /^[0-9a-f]*$/i.test(wanted)))
      throw new ZooError(
        'usage',
        `${option} is ${JSON.stringify(wanted)}, expected ${digits} hexadecimal digits. Leave it out to take any file.`,
      );
  }
}

async function requireHashes(source: ByteSource, expected: OpenOptions): Promise<void> {
  for (const [option, algorithm] of hashes) {
    const wanted = expected[option]?.toLowerCase();
    if (wanted === undefined) continue;
    if (!globalThis.crypto?.subtle)
      throw new ZooError(
        'usage',
        `${source.name}: cannot be compared with its ${option} here. Serve the page by https.`,
      );
    const bytes = await source.read(0, source.size);
    const actual = hex(await crypto.subtle.digest(algorithm, new Uint8Array(bytes)));
    if (actual !== wanted)
      throw new ZooError(
        'corrupt-file',
        `${source.name}: refused, its ${source.size} bytes have the ${option} ${actual}, expected ${wanted}. Ask its owner, or look for the file elsewhere.`,
      );
  }
}

/** See `verified`. */
export async function withHashes(source: ByteSource, expected: OpenOptions): Promise<ByteSource> {
  try {
    await requireHashes(source, expected);
    return source;
  } catch (error) {
    await source.close();
    throw error;
  }
}
