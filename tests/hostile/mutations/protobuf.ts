import type { Random } from '@zoo/core';
import { joined, varint, zeros } from '../bytes.ts';
import { other, pick } from './numbers.ts';

interface Field {
  number: bigint;
  wire: number;
  value: bigint;
  content: Uint8Array;
  /** Where its content is a message. */
  fields?: Field[];
}

/** The fields of a message, or undefined for what is none. */
function parsed(bytes: Uint8Array, depth = 0): Field[] | undefined {
  const found: Field[] = [];
  let at = 0;
  const number = (): bigint | undefined => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    return undefined;
  };
  while (at < bytes.length) {
    const key = number();
    if (key === undefined || key >> 3n === 0n || key >> 3n > 20_000n) return undefined;
    const wire = Number(key & 7n);
    const value = wire === 0 || wire === 2 ? number() : 0n;
    const length = { 0: 0, 1: 8, 2: Number(value), 5: 4 }[wire];
    if (value === undefined || length === undefined || at + length > bytes.length) return undefined;
    const content = bytes.subarray(at, at + length);
    const fields = wire === 2 && depth < 6 && length > 1 && length < 2e5 ? parsed(content, depth + 1) : undefined;
    found.push({ number: key >> 3n, wire, value, content, ...(fields && { fields }) });
    at += length;
  }
  return found;
}

const written = (fields: readonly Field[]): Uint8Array =>
  joined(
    fields.map(({ number, wire, value, content, fields: inner }) => {
      const key = varint((number << 3n) | BigInt(wire));
      if (wire === 0) return joined(key, varint(value));
      const body = inner ? written(inner) : content;
      return wire === 2 ? joined(key, varint(body.length), body) : joined(key, body);
    }),
  );

const listsIn = (fields: Field[]): Field[][] => [
  fields,
  ...fields.flatMap((field) => (field.fields ? listsIn(field.fields) : [])),
];

/** A protobuf message with fields that are others; lengths are right. */
export function otherProtobuf(bytes: Uint8Array, random: Random): Uint8Array {
  const fields = parsed(bytes);
  if (!fields) return bytes;
  for (let left = 1 + random.integer(3); left > 0; left--) {
    const list = pick(
      random,
      listsIn(fields)
        .filter((one) => one.length > 0)
        .concat([fields]),
    );
    const index = random.integer(Math.max(1, list.length));
    const field = list[index];
    if (!field) continue;
    const kind = random.integer(7);
    if (kind === 0) list.splice(index, 1);
    else if (kind === 1)
      list.splice(index, 0, ...Array.from({ length: pick(random, [1, 2, 50, 2000]) }, () => ({ ...field })));
    else if (kind === 2) field.number = other(random, field.number) % 2n ** 28n || 1n;
    else if (kind === 3) Object.assign(field, { wire: pick(random, [0, 1, 2, 5]), content: zeros(8) });
    else if (kind === 4) list.splice(random.integer(list.length), 0, ...list.splice(index, 1));
    else if (field.wire === 0) field.value = other(random, field.value);
    else if (!field.fields)
      field.content = random.integer(2)
        ? zeros(random.integer(2000))
        : field.content.slice(0, random.integer(field.content.length + 1));
  }
  return written(fields);
}
