import { damaged } from '../damaged.ts';
import type { MeteredBytes } from '../meter.ts';
import type { Field } from './fields.ts';
import { ofFew } from './window.ts';

/** The most bytes that a varint of 64 bits takes. */
const maxVarintBytes = 10;

/** Made once, and not before it is needed: importing this file wants no newer globals. */
let decoder: TextDecoder | undefined;

/** A text, of at most `longest` bytes; `what` it is, for messages. */
export function textOf(source: MeteredBytes, field: Field, what: string, longest: number): string | Promise<string> {
  const length = field.end - field.start;
  if (length > longest) throw damaged(source.name, `has a ${what} of ${length} bytes`);
  source.meter.spend('objects', 1);
  source.meter.spend('bytes', length);
  return ofFew(source, field, decoded);
}

function decoded(bytes: Uint8Array): string {
  decoder ??= new TextDecoder();
  return decoder.decode(bytes);
}

/**
 * Whole numbers of a repeated field: one that stands alone, or, packed, many behind one another. Nothing for a field of another kind.
 *
 * @throws ZooError `corrupt-file` for more than `most`, or one that is cut short.
 */
export function integersOf(
  source: MeteredBytes,
  field: Field,
  place: string,
  most: number,
): number[] | Promise<number[]> {
  const { wire, value, start, end } = field;
  if (wire === 0) return [value];
  if (wire !== 2) return [];
  if (end - start > most * maxVarintBytes) throw damaged(place, `has a shape of ${end - start} bytes`);
  return ofFew(source, field, (bytes) => unpacked(bytes, place));
}

function unpacked(packed: Uint8Array, place: string): number[] {
  const integers: number[] = [];
  let [rest, shift] = [0n, 0n];
  for (const byte of packed) {
    rest |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (shift > 70n) throw damaged(place, 'has a size of more than ten bytes');
    if (byte < 0x80) {
      integers.push(Number(BigInt.asIntN(64, rest)));
      [rest, shift] = [0n, 0n];
    }
  }
  if (shift > 0n) throw damaged(place, 'has a shape that is cut short');
  return integers;
}

/** A float of four bytes, as the decimal number that it was written for: 0.2, not 0.20000000298. */
export const floatOf = (source: MeteredBytes, field: Field): number | Promise<number> =>
  ofFew(source, field, (bytes) =>
    Number(new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true).toPrecision(7)),
  );
