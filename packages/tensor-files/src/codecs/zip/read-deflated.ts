import type { Bytes } from '../../bytes.ts';
import type { MeteredBytes } from '../../meter.ts';
import { crc32 } from './crc32.ts';
import { inflate } from './inflate.ts';
import type { ZipEntry } from './zip-entry.ts';

/**
 * Inflates as far as it must, and no further than the directory says. The checksum is compared where the end is reached.
 *
 * @param refuse Makes the error for an archive of which something is wrong.
 */
export async function readDeflated(
  { meter }: MeteredBytes,
  packed: Bytes,
  entry: ZipEntry,
  offset: number,
  length: number,
  refuse: (what: string, cause?: unknown) => Error,
): Promise<Uint8Array> {
  meter.spend('bytes', length);
  const part = new Uint8Array(length);
  const toTheEnd = offset + length === entry.size;
  let [done, crc] = [0, 0];
  try {
    for await (const bytes of inflate(packed.read, packed.size)) {
      if (done + bytes.length > entry.size) throw refuse(`${entry.name} unpacks to more than ${entry.size} bytes`);
      const [from, to] = [Math.max(offset - done, 0), Math.min(offset + length - done, bytes.length)];
      if (from < to) part.set(bytes.subarray(from, to), done + from - offset);
      done += bytes.length;
      if (toTheEnd) crc = crc32(bytes, crc);
      else if (done >= offset + length) return part;
    }
  } catch (error) {
    if (error instanceof TypeError || !(error instanceof Error) || error.name !== 'ZooError')
      throw refuse(`${entry.name} cannot be unpacked`, error);
    throw error;
  }
  if (done < offset + length) throw refuse(`${entry.name} unpacks to ${done} bytes, not ${entry.size}`);
  if (toTheEnd && crc !== entry.crc) throw refuse(`${entry.name} has another checksum than it should`);
  return part;
}
