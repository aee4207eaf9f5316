import type { NamedBytes } from '../bytes.ts';
import { damaged } from '../damaged.ts';

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

const windowSize = 1 << 14;

/** Bytes of a file one by one, read in windows. */
function byteReader(source: NamedBytes) {
  let [from, bytes] = [0, new Uint8Array()];
  return async (at: number): Promise<number> => {
    if (at < from || at >= from + bytes.length) {
      from = at;
      bytes = new Uint8Array(await source.read(at, Math.min(windowSize, source.size - at)));
    }
    return bytes[at - from] ?? 0;
  };
}

/**
 * The fields of a message that lies at bytes `[start, end)`, in their order (protobuf.dev/programming-guides/encoding).
 * Long contents are passed over unread. Groups, which nobody has written since 2008, are refused.
 *
 * @throws ZooError `corrupt-file` where a field reaches beyond the message.
 */
export async function* fields(source: NamedBytes, start: number, end: number): AsyncGenerator<Field, void, undefined> {
  const byte = byteReader(source);
  let at = start;
  const varint = async (): Promise<bigint> => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (at >= end) throw damaged(source.name, `has a protobuf message that is cut short at byte ${end}`);
      const next = await byte(at++);
      value |= BigInt(next & 0x7f) << shift;
      if (next < 0x80) return BigInt.asUintN(64, value);
    }
    throw damaged(source.name, `has a protobuf number of more than ten bytes at byte ${at}`);
  };
  while (at < end) {
    const key = Number(await varint());
    const [number, wire] = [Math.floor(key / 8), key % 8];
    if (number < 1 || number >= 2 ** 29 || (wire !== 0 && wire !== 1 && wire !== 2 && wire !== 5))
      throw damaged(source.name, `has no protobuf field at byte ${at}: number ${number}, kind ${wire}`);
    const value = wire === 0 ? Number(BigInt.asIntN(64, await varint())) : 0;
    const length = wire === 2 ? Number(await varint()) : { 0: 0, 1: 8, 5: 4 }[wire];
    if (length > end - at)
      throw damaged(
        source.name,
        `has a protobuf field of ${length} bytes at byte ${at}, but its message ends at ${end}`,
      );
    yield { number, wire, start: at, end: at + length, value };
    at += length;
  }
}
