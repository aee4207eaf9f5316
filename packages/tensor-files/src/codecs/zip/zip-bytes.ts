import { ZooError } from '@zoo/core';
import { crc32 } from './crc32.ts';

/** A file to be put into an archive. */
export interface FileToZip {
  name: string;
  /** Asked for when its turn comes. */
  bytes(): Uint8Array | Promise<Uint8Array>;
}

/** Data begins on a multiple of this, so that PyTorch can map it into memory. */
const alignment = 64;
/** A padding field of the local header (as PyTorch's writer names it), with its length of two bytes. */
const paddingTag = [0x46, 0x42];
/** Midnight, 1 January 1980, the earliest there is: the same tensors give the same bytes. */
const date = 0x21;

interface Written {
  name: Uint8Array;
  crc: number;
  size: number;
  header: number;
}

function localHeader({ name, crc, size, header }: Written): Uint8Array {
  const unpadded = header + 30 + name.length + 4;
  const padding = (alignment - (unpadded % alignment)) % alignment;
  const bytes = new Uint8Array(30 + name.length + 4 + padding);
  const fields = new DataView(bytes.buffer);
  fields.setUint32(0, 0x04034b50, true);
  fields.setUint16(4, 20, true);
  fields.setUint16(6, 0x800, true); // Names are UTF-8.
  fields.setUint16(12, date, true);
  fields.setUint32(14, crc, true);
  fields.setUint32(18, size, true);
  fields.setUint32(22, size, true);
  fields.setUint16(26, name.length, true);
  fields.setUint16(28, 4 + padding, true);
  bytes.set(name, 30);
  bytes.set([...paddingTag, padding & 0xff, padding >> 8], 30 + name.length);
  return bytes;
}

function directoryEntry({ name, crc, size, header }: Written): Uint8Array {
  const bytes = new Uint8Array(46 + name.length);
  const fields = new DataView(bytes.buffer);
  fields.setUint32(0, 0x02014b50, true);
  fields.setUint16(4, 20, true);
  fields.setUint16(6, 20, true);
  fields.setUint16(8, 0x800, true);
  fields.setUint16(14, date, true);
  fields.setUint32(16, crc, true);
  fields.setUint32(20, size, true);
  fields.setUint32(24, size, true);
  fields.setUint16(28, name.length, true);
  fields.setUint32(42, header, true);
  bytes.set(name, 46);
  return bytes;
}

function endRecord(count: number, start: number, size: number): Uint8Array {
  const bytes = new Uint8Array(22);
  const fields = new DataView(bytes.buffer);
  fields.setUint32(0, 0x06054b50, true);
  fields.setUint16(8, count, true);
  fields.setUint16(10, count, true);
  fields.setUint32(12, size, true);
  fields.setUint32(16, start, true);
  return bytes;
}

/**
 * An archive's bytes, a file at a time, stored without compression: weights hardly shrink.
 *
 * @throws ZooError `weights` when it would reach 4 GiB or 65,535 files.
 */
export async function* zipBytes(files: readonly FileToZip[]): AsyncGenerator<Uint8Array, void, undefined> {
  const written: Written[] = [];
  let at = 0;
  for (const file of files) {
    const bytes = await file.bytes();
    const entry = { name: new TextEncoder().encode(file.name), crc: crc32(bytes), size: bytes.length, header: at };
    const header = localHeader(entry);
    at += header.length + bytes.length;
    if (at >= 2 ** 32 || written.length >= 0xfffe)
      throw new ZooError('weights', `${file.name}: takes the archive beyond 4 GiB or 65,534 files. Write safetensors.`);
    written.push(entry);
    yield header;
    yield bytes;
  }
  const directory = written.map(directoryEntry);
  yield* directory;
  yield endRecord(
    written.length,
    at,
    directory.reduce((sum, { length }) => sum + length, 0),
  );
}
