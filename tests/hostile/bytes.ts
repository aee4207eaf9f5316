import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../packages/tensor-files/src/codecs/zip/crc32.ts';

// Pieces of files, as bombs are put together.

/** Bytes, a text, or several of them: a call cannot have a million arguments. */
export type Piece = Uint8Array | string | readonly Piece[];

const bytesOf = (part: Piece): Uint8Array => {
  if (typeof part === 'string') return Buffer.from(part, 'utf8');
  return part instanceof Uint8Array ? part : Buffer.concat(part.map(bytesOf));
};
export const joined = (...parts: readonly Piece[]): Uint8Array<ArrayBuffer> => new Uint8Array(bytesOf(parts));

function number(value: number | bigint, bytes: number, little: boolean): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(bytes);
  let rest = BigInt.asUintN(64, BigInt(value));
  for (let index = 0; index < bytes; index++, rest >>= 8n)
    result[little ? index : bytes - 1 - index] = Number(rest & 0xffn);
  return result;
}
export const little = (value: number | bigint, bytes: number) => number(value, bytes, true);
export const big = (value: number | bigint, bytes: number) => number(value, bytes, false);

export const repeated = (part: Uint8Array | string, count: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.alloc(Buffer.from(part).length * count, part));
export const zeros = (count: number) => new Uint8Array(count);
export const list = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export interface ForgedEntry {
  name: string;
  data: Uint8Array | string;
  /** Deflates the data. Default: stored. */
  deflate?: boolean;
  /** What the directory says, where it lies. */
  size?: number;
  packed?: number;
  crc?: number;
  header?: number;
  method?: number;
  /** Bytes of an extra field. */
  extra?: number;
}

/** A zip archive whose directory says what it likes. */
export function forgedZip(entries: readonly ForgedEntry[], { count = entries.length, comment = 0 } = {}): Uint8Array {
  const [locals, directory]: [Uint8Array[], Uint8Array[]] = [[], []];
  let at = 0;
  for (const entry of entries) {
    const plain = joined(entry.data);
    const data = entry.deflate ? new Uint8Array(deflateRawSync(plain, { level: 9 })) : plain;
    const method = entry.method ?? (entry.deflate ? 8 : 0);
    const common = joined(
      little(0, 2),
      little(method, 2),
      little(0, 4),
      little(entry.crc ?? crc32(plain), 4),
      little(entry.packed ?? data.length, 4),
      little(entry.size ?? plain.length, 4),
      little(Buffer.byteLength(entry.name), 2),
    );
    const extra = zeros(entry.extra ?? 0);
    const local = joined('PK\x03\x04', little(20, 2), common, little(0, 2), entry.name, data);
    locals.push(local);
    directory.push(
      joined(
        'PK\x01\x02',
        little(20, 2),
        little(20, 2),
        common,
        little(extra.length, 2),
        little(0, 2),
        little(0, 2),
        little(0, 2),
      ),
      joined(little(0, 4), little(entry.header ?? at, 4), entry.name, extra),
    );
    at += local.length;
  }
  const listed = joined(directory);
  const end = [little(0, 4), little(count, 2), little(count, 2), little(listed.length, 4), little(at, 4)];
  return joined(locals, listed, 'PK\x05\x06', end, little(comment, 2), zeros(comment));
}

/** A varint of protobuf. */
export function varint(value: number | bigint): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...bytes, Number(rest)]);
}
/** A field of protobuf with a content. */
export const field = (number: number, ...parts: readonly Piece[]): Uint8Array<ArrayBuffer> => {
  const content = joined(parts);
  return joined(varint(number * 8 + 2), varint(content.length), content);
};
/** A field of protobuf that is a whole number. */
export const whole = (number: number, value: number | bigint) => joined(varint(number * 8), varint(value));
