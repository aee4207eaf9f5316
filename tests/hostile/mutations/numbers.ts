import type { Random } from '@zoo/core';

/** Numbers at which readers break: around 0, around powers of two, beyond what counts exactly. */
const edges: readonly bigint[] = [
  0n,
  1n,
  2n,
  3n,
  4n,
  7n,
  8n,
  16n,
  31n,
  32n,
  64n,
  127n,
  128n,
  255n,
  256n,
  1000n,
  4096n,
  65_535n,
  65_536n,
  2n ** 20n,
  2n ** 24n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 53n,
  2n ** 62n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
];

export const pick = <T>(random: Random, some: readonly T[]): T => {
  const found = some[random.integer(some.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** Another number for `value`: an edge, or one nearby. */
export function other(random: Random, value: bigint): bigint {
  const kind = random.integer(6);
  if (kind < 3) return pick(random, edges);
  if (kind === 3) return value + BigInt(random.integer(5) - 2);
  if (kind === 4) return value * BigInt(2 + random.integer(300));
  return BigInt(random.integer(2 ** 31));
}

/** A number in the bytes of a file becomes another, of the same width and byte order. */
export function otherWord(bytes: Uint8Array, at: number, width: number, little: boolean, random: Random): void {
  let value = 0n;
  const place = (index: number) => at + (little ? width - 1 - index : index);
  for (let index = 0; index < width; index++) value = (value << 8n) | BigInt(bytes[place(index)] ?? 0);
  let rest = BigInt.asUintN(64, other(random, value));
  for (let index = width - 1; index >= 0; index--, rest >>= 8n)
    if (place(index) < bytes.length) bytes[place(index)] = Number(rest & 0xffn);
}

/** One to three numbers that lie at multiples of their width from `from` become others. */
export function otherWords(bytes: Uint8Array, random: Random, little = true, from = 0, to = bytes.length): Uint8Array {
  const result = bytes.slice();
  for (let left = 1 + random.integer(3); left > 0 && to > from; left--) {
    const width = pick(random, [1, 2, 4, 4, 8, 8]);
    const at = from + Math.floor(random.integer(to - from) / width) * width;
    otherWord(result, at, width, little, random);
  }
  return result;
}
