import { damaged, unsupported } from '../../damaged.ts';
import { inflate } from '../zip/inflate.ts';
import type { Cursor } from './file-reader.ts';

/** Steps that a chunk's bytes went through when they were written, in that order. */
export type Filter = 'deflate' | 'shuffle' | 'fletcher32';

const known: Readonly<Record<number, Filter>> = { 1: 'deflate', 2: 'shuffle', 3: 'fletcher32' };

/** Others, by the numbers that the HDF Group gave them. */
const names: Readonly<Record<number, string>> = {
  4: 'szip',
  5: 'nbit',
  6: 'scale-offset',
  307: 'bzip2',
  32000: 'LZF',
  32001: 'Blosc',
  32004: 'LZ4',
  32008: 'bitshuffle',
  32015: 'Zstandard',
  32026: 'Blosc2',
};

/** A filter pipeline message (HDF5 File Format Specification, IV.A.2.l). */
export function filtersOf(message: Cursor, place: string): Filter[] {
  const version = message.u8();
  const count = message.u8();
  if (version === 1) message.skip(6);
  const filters: Filter[] = [];
  for (let index = 0; index < count; index++) {
    const id = message.u16();
    const nameLength = version === 1 || id >= 256 ? message.u16() : 0;
    message.skip(2);
    const values = message.u16();
    const filter = known[id];
    if (!filter)
      throw unsupported(place, `is packed by HDF5's filter ${names[id] ?? id}`, 'Write it with gzip, or unpacked');
    message.skip(nameLength + values * 4 + (version === 1 && values % 2 ? 4 : 0));
    // What is done to all bytes of a chunk again and again costs more than the chunk.
    if (filters.includes(filter)) throw damaged(place, `goes through the filter ${filter} twice`);
    filters.push(filter);
  }
  return filters;
}

/** First bytes of all numbers stand together, then all second ones: back to numbers. */
function unshuffled(bytes: Uint8Array, size: number): Uint8Array {
  const count = Math.floor(bytes.length / size);
  const result = bytes.slice();
  for (let part = 0; part < size; part++)
    for (let index = 0; index < count; index++) result[index * size + part] = bytes[part * count + index] ?? 0;
  return result;
}

async function inflated(bytes: Uint8Array, length: number, place: string): Promise<Uint8Array> {
  const result = new Uint8Array(length);
  let done = 0;
  try {
    for await (const piece of inflate(async (at, count) => bytes.subarray(at, at + count), bytes.length, 'deflate')) {
      if (done + piece.length > length) throw new Error(`more than ${length} bytes`);
      result.set(piece, done);
      done += piece.length;
    }
  } catch (error) {
    throw damaged(place, `has a chunk that cannot be unpacked to ${length} bytes`, error);
  }
  if (done < length) throw damaged(place, `has a chunk that unpacks to ${done} bytes, not ${length}`);
  return result;
}

/** A chunk's bytes as they were before its filters; `length` of them, of numbers of `size` bytes. */
export async function unfiltered(
  stored: Uint8Array,
  filters: readonly Filter[],
  { length, size, place }: { length: number; size: number; place: string },
): Promise<Uint8Array> {
  let bytes = stored;
  for (const filter of [...filters].reverse()) {
    // A checksum of four bytes stands behind what it is of; it is passed over, inside what was deflated after it.
    const before = filters.slice(0, filters.indexOf(filter));
    const checked = before.includes('fletcher32') ? 4 : 0;
    if (filter === 'fletcher32') bytes = bytes.subarray(0, Math.max(0, bytes.length - 4));
    if (filter === 'shuffle') bytes = unshuffled(bytes, size);
    if (filter === 'deflate') bytes = await inflated(bytes, length + checked, place);
  }
  if (bytes.length !== length) throw damaged(place, `has a chunk of ${bytes.length} bytes, not ${length}`);
  return bytes;
}
