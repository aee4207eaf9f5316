import type { Random } from '@zoo/core';

/** Numbers that lengths and places break on. */
const limits = [
  0n,
  1n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0xffffn,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 64n - 1n,
];

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const spliced = (bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array => {
  const result = new Uint8Array(bytes.length - removed + added.length);
  result.set(bytes.subarray(0, at));
  result.set(added, at);
  result.set(bytes.subarray(at + removed), at + added.length);
  return result;
};

const piece = (bytes: Uint8Array, { integer }: Random, longest: number) => {
  const at = integer(bytes.length);
  return { at, length: Math.min(1 + integer(longest), bytes.length - at) };
};

const mutations: readonly Mutation[] = [
  // One bit.
  (bytes, { integer }) => {
    const at = integer(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << integer(8));
    return bytes;
  },
  // Any byte, more often than not near one of the ends, where headers and directories are.
  (bytes, { integer, uniform }) => {
    const near = Math.min(bytes.length, 200);
    const at =
      uniform() < 0.4 ? integer(bytes.length) : uniform() < 0.5 ? integer(near) : bytes.length - 1 - integer(near);
    bytes[at] = integer(256);
    return bytes;
  },
  // A number at the edge of its type.
  (bytes, { integer }) => {
    const width = [1, 2, 4, 8][integer(4)] ?? 1;
    let value = limits[integer(limits.length)] ?? 0n;
    const at = integer(bytes.length);
    for (let index = at; index < Math.min(at + width, bytes.length); index++, value >>= 8n)
      bytes[index] = Number(value & 0xffn);
    return bytes;
  },
  // A piece left out.
  (bytes, random) => {
    const { at, length } = piece(bytes, random, 40);
    return spliced(bytes, at, length, new Uint8Array());
  },
  // A piece twice.
  (bytes, random) => {
    const { at, length } = piece(bytes, random, 60);
    return spliced(bytes, random.integer(bytes.length), 0, bytes.slice(at, at + length));
  },
  // A piece over another.
  (bytes, random) => {
    const { at, length } = piece(bytes, random, 60);
    bytes.set(bytes.slice(at, at + length), random.integer(bytes.length - length + 1));
    return bytes;
  },
  // A file that is cut short.
  (bytes, { integer }) => bytes.slice(0, integer(bytes.length)),
];

/** A file with one to four things wrong with it, mostly one, and mostly a small one: others do not get far. */
export function mutate(file: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = file.slice();
  const count = 1 + Math.floor(4 * random.uniform() ** 3);
  for (let left = count; left > 0 && bytes.length > 0; left--) {
    const kind = Math.floor(mutations.length * random.uniform() ** 1.5);
    bytes = mutations[kind]?.(bytes, random) ?? bytes;
  }
  return bytes;
}
