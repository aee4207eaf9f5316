import { damaged } from '../../damaged.ts';
import type { Meter, MeteredBytes } from '../../meter.ts';

/** HDF5's undefined address. */
export const undefinedAddress = 2 ** 64;

/** Reads consecutive little-endian integers from a block of the file; reading beyond its end means that the file is damaged. */
export interface Cursor {
  u8(): number;
  u16(): number;
  u32(): number;
  /** A length or an address of 8 bytes; `nowhere` where all its bits are set. */
  u64(): number;
  /** A number of this many bytes. */
  uint(bytes: number): number;
  skip(bytes: number): void;
  bytes(length: number): Uint8Array;
  text(length: number): string;
  /** Skips to the next multiple of 8 from the piece's beginning. */
  align(): void;
  readonly left: number;
}

/** The pieces of a file's directory. */
export interface FileReader {
  name: string;
  size: number;
  meter: Meter;
  /** A piece that lies inside the file. */
  piece(offset: number, length: number, what: string): Promise<Cursor>;
  /** Counts bytes that belong to one chunk alone: altogether they are no more than the file has. */
  claim(length: number): void;
}

export function cursorOf(bytes: Uint8Array, name: string): Cursor {
  const fields = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number) => {
    if (!(length <= bytes.length - at)) throw damaged(name, `has a piece of ${bytes.length} bytes that needs more`);
    at += length;
    return at - length;
  };
  const cursor: Cursor = {
    u8: () => fields.getUint8(take(1)),
    u16: () => fields.getUint16(take(2), true),
    u32: () => fields.getUint32(take(4), true),
    u64: () => Number(fields.getBigUint64(take(8), true)),
    uint: (length) => Array.from(cursor.bytes(length)).reduceRight((sum, byte) => sum * 256 + byte, 0),
    skip: (length) => void take(length),
    bytes(length) {
      const from = take(length);
      return bytes.subarray(from, from + length);
    },
    text: (length) => new TextDecoder().decode(cursor.bytes(length)),
    align: () => void take((8 - (at % 8)) % 8),
    get left() {
      return bytes.length - at;
    },
  };
  return cursor;
}

/**
 * Reads a directory's pieces. In a good file they do not overlap; in a bad one a few bytes may be led through again and
 * again. So altogether no more is read than twice the file.
 */
export function fileReader({ name, size, meter, read }: MeteredBytes): FileReader {
  let [left, unclaimed] = [2 * size + 2 ** 16, size];
  return {
    name,
    size,
    meter,
    async piece(offset, length, what) {
      if (!(offset + length <= size))
        throw damaged(name, `has ${what} at bytes [${offset},${offset + length}], but ends at ${size}`);
      left -= length;
      if (left < 0) throw damaged(name, 'has a directory that leads through the same bytes again and again');
      return cursorOf(await read(offset, length), name);
    },
    claim(length) {
      unclaimed -= length;
      if (unclaimed < 0) throw damaged(name, 'has chunks that share bytes: together they have more than the file');
    },
  };
}
