import type { ByteSource } from './byte-source.ts';
import type { OpenOptions } from './tensor-source.ts';

// Loaded only if a hash is expected: few pages need it.
const expectsHash = ({ sha256, sha1 }: OpenOptions): boolean => sha256 !== undefined || sha1 !== undefined;

/** @throws ZooError `usage` for what cannot be a hash, before anything is read. */
export async function requireHashForm(expected: OpenOptions): Promise<void> {
  if (expectsHash(expected)) (await import('./hashes.ts')).requireHashForm(expected);
}

/**
 * A file that is here already, compared with the hashes that the caller expects.
 *
 * @throws ZooError `corrupt-file` for another file, which is then closed, `usage` where the platform has no hashes.
 */
export const verified = async (source: ByteSource, expected: OpenOptions): Promise<ByteSource> =>
  expectsHash(expected) ? (await import('./hashes.ts')).withHashes(source, expected) : source;
