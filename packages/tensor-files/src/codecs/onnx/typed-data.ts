import { type Bytes, partOf } from '../../bytes.ts';
import { damaged } from '../../damaged.ts';
import type { MeteredBytes } from '../../meter.ts';
import { type Field, fieldBatches } from '../../protobuf/fields.ts';
import { readFew } from '../../protobuf/window.ts';
import { bytesPerElement, type Dtype } from '../../tensor.ts';

interface Typed {
  dtype: Dtype;
  /** Number of the field that holds numbers of this type. */
  field: number;
  /** How many numbers the shape takes. */
  count: number;
  place: string;
}

const maxVarintBytes = 10;

/** Whole numbers of seven bits a byte as little-endian ones of `size` bytes: bits beyond those are those of the sign. */
function unpack(packed: Uint8Array, size: number, into: Uint8Array, from: number): number {
  let [at, byte, carry, bits] = [from, 0, 0, 0];
  for (const next of packed) {
    // At most 14 bits are carried: eight at a time go out.
    carry |= (next & 0x7f) << bits;
    bits += 7;
    while (bits >= 8 && byte < size) {
      if (at + byte < into.length) into[at + byte] = carry & 0xff;
      byte += 1;
      carry >>>= 8;
      bits -= 8;
    }
    if (byte === size) [carry, bits] = [0, 0];
    if (next < 0x80) {
      if (byte < size && at + byte < into.length) into[at + byte] = carry & 0xff;
      at += size;
      [byte, carry, bits] = [0, 0, 0];
    }
  }
  return at;
}

/**
 * Numbers of a tensor that has no `raw_data` but a field for their type: floats and doubles as they are, whole numbers, and the bits of
 * small floats, as varints. Many in one field, or each in its own.
 */
export async function typedData(
  source: MeteredBytes,
  { start, end }: Field,
  { dtype, field: number, count, place }: Typed,
): Promise<{ bytes: Bytes; inRows: boolean }> {
  const size = bytesPerElement[dtype];
  const single = { 4: 5, 10: 1 }[number] ?? 0;
  const isPacked = single === 0;
  const runs: Field[] = [];
  let [held, numbers] = [0, 0];
  for await (const batch of fieldBatches(source, start, end))
    for (const field of batch) {
      if (field.number !== number || (field.wire !== 2 && field.wire !== single)) continue;
      held += field.wire === 0 ? 1 : field.end - field.start;
      numbers += field.wire === 2 ? 0 : 1;
      // With more, the message is walked again.
      if (runs.length < 2 && (field.wire === 0 || field.end > field.start)) runs.push(field);
    }
  const total = count * size;
  const fits = isPacked ? held >= count && held - numbers <= count * maxVarintBytes : held === total;
  if (!fits) throw damaged(place, `has ${held} bytes in its field ${number}, but ${count} numbers of ${dtype} to hold`);
  const [run] = runs;
  if (!isPacked && run && runs.length === 1) return { bytes: partOf(source, run.start, total), inRows: true };
  const read = async () => {
    const bytes = new Uint8Array(total);
    let at = 0;
    for await (const batch of fieldBatches(source, start, end))
      for (const field of batch) {
        if (field.number !== number || (field.wire !== 2 && field.wire !== single)) continue;
        if (field.wire === 0) {
          const value = new Uint8Array(BigInt64Array.of(BigInt(field.value)).buffer);
          if (at + size <= total) bytes.set(value.subarray(0, size), at);
          at += size;
          continue;
        }
        const piece = await readFew(source, field.start, field.end);
        if (isPacked) at = unpack(piece, size, bytes, at);
        else {
          bytes.set(piece, at);
          at += piece.length;
        }
      }
    if (at !== total) throw damaged(place, `has ${at / size} numbers in its field ${number}, but ${count} to hold`);
    return bytes;
  };
  return { bytes: { size: total, read }, inRows: false };
}
