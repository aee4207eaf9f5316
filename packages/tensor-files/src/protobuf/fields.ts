import { damaged } from '../damaged.ts';
import type { MeteredBytes } from '../meter.ts';
import { has, nothing, type Window, windowAt, windowHere } from './window.ts';

/** A field of a protobuf message, whose content has not been read: `[start, end)` of the file. */
export interface Field {
  number: number;
  /** 0 varint, 1 eight bytes, 2 a length and as many bytes, 5 four bytes. */
  wire: 0 | 1 | 2 | 5;
  start: number;
  end: number;
  /** Of a varint, its 64 bits as a signed number. */
  value: number;
}

/** A key and a length, or a varint, of ten bytes at most each. */
const maxLeadBytes = 20;
/** Varints of so many bytes are exact in a double. */
const exact = 7;

/** Operations that a message takes, besides those of its fields. */
const ofAMessage = 4;
/** Bytes of the content of each kind that has no length. */
const sizes = { 0: 0, 1: 8, 5: 4 } as const;

/** A place in a message, and the window of the file that it lies in. */
interface Cursor {
  source: MeteredBytes;
  at: number;
  /** Of the message. */
  end: number;
  window: Window;
}

/**
 * The fields of a message that lies at bytes `[start, end)`, in their order (protobuf.dev/programming-guides/encoding). Those whose
 * keys lie in one window of the file come together: to wait for each of millions would take seconds. Long contents are passed over
 * unread. Groups, which nobody has written since 2008, are refused.
 *
 * @throws ZooError `corrupt-file` where a field reaches beyond the message.
 */
export async function* fieldBatches(
  source: MeteredBytes,
  start: number,
  end: number,
): AsyncGenerator<Iterable<Field>, void, undefined> {
  source.meter.spend('operations', ofAMessage);
  const cursor = { source, at: start, end, window: nothing };
  while (cursor.at < end) {
    cursor.window = windowHere(source, cursor.at, maxLeadBytes) ?? (await windowAt(source, cursor.at, maxLeadBytes));
    yield fieldsIn(cursor);
  }
}

function* fieldsIn(cursor: Cursor): Generator<Field, void, undefined> {
  const { source, end, window } = cursor;
  do {
    source.meter.spend('operations', 1);
    const key = varint(cursor, false);
    const [number, wire] = [Math.floor(key / 8), key % 8];
    if (number < 1 || number >= 2 ** 29 || (wire !== 0 && wire !== 1 && wire !== 2 && wire !== 5))
      throw damaged(source.name, `has no protobuf field at byte ${cursor.at}: number ${number}, kind ${wire}`);
    const value = wire === 0 ? varint(cursor, true) : 0;
    const length = wire === 2 ? varint(cursor, false) : sizes[wire];
    const start = cursor.at;
    if (length > end - start)
      throw damaged(
        source.name,
        `has a protobuf field of ${length} bytes at byte ${start}, but its message ends at ${end}`,
      );
    cursor.at += length;
    yield { number, wire, start, end: cursor.at, value };
  } while (cursor.at < end && has(window, cursor.at, maxLeadBytes, source.size));
}

function varint(cursor: Cursor, signed: boolean): number {
  const { source, end, window } = cursor;
  const first = cursor.at;
  let [value, factor] = [0, 1];
  for (let count = 1; count <= 10; count++, factor *= 128) {
    if (cursor.at >= end) throw damaged(source.name, `has a protobuf message that is cut short at byte ${end}`);
    const next = window.bytes[cursor.at++ - window.from] ?? 0;
    value += (next & 0x7f) * factor;
    if (next < 0x80) return count <= exact ? value : wide(window.bytes.subarray(first - window.from), signed);
  }
  throw damaged(source.name, `has a protobuf number of more than ten bytes at byte ${cursor.at}`);
}

/** A varint of more bytes than a double holds. */
function wide(bytes: Uint8Array, signed: boolean): number {
  let [value, shift] = [0n, 0n];
  for (const next of bytes) {
    value |= BigInt(next & 0x7f) << shift;
    shift += 7n;
    if (next < 0x80) break;
  }
  return Number(signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value));
}
