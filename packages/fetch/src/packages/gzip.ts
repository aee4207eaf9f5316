import { gunzipSync } from 'node:zlib';
import { ZooError } from '@zoo/core';

/** Unpacks a gzip file that may hold `limit` bytes at most. @throws ZooError `corrupt-file`. */
export function unpackGzip(packed: Uint8Array, limit: number): Uint8Array {
  try {
    return gunzipSync(packed, { maxOutputLength: limit });
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new ZooError('corrupt-file', `it does not unpack to ${limit} bytes at most (${what})`, { cause: error });
  }
}
