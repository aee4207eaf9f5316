import type { Random } from '@zoo/core';
import { joined, little, repeated } from '../bytes.ts';
import { otherWord, pick } from './numbers.ts';

/** How many bytes follow an instruction (pickletools): a number of them, or a length of so many bytes and as many more. */
const fixed: Readonly<Record<number, number>> = {
  128: 1,
  75: 1,
  77: 2,
  74: 4,
  71: 8,
  104: 1,
  106: 4,
  113: 1,
  114: 4,
  149: 8,
};
const lengths: Readonly<Record<number, number>> = { 88: 4, 140: 1, 141: 8, 84: 4, 85: 1, 66: 4, 67: 1, 138: 1, 139: 4 };

/** Instructions that are told apart, and bytes of one that is repeated: mutations of mutations would fill the memory of who makes them. */
const [maxInstructions, maxRepeated] = [100_000, 2 ** 22];

/** The instructions of a pickle; what is behind its end is the last one. */
function instructions(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const code = bytes[at] ?? 0;
    const width = lengths[code];
    let length = 1 + (fixed[code] ?? 0);
    if (width !== undefined) {
      let held = 0;
      for (let index = width - 1; index >= 0; index--) held = held * 256 + (bytes[at + 1 + index] ?? 0);
      length = 1 + width + held;
    }
    if (code === 0x63) length = bytes.indexOf(10, bytes.indexOf(10, at) + 1) + 1 - at;
    found.push(bytes.subarray(at, at + Math.max(1, length)));
    at += Math.max(1, length);
    if (code === 0x2e || found.length === maxInstructions) {
      found.push(bytes.subarray(at));
      break;
    }
  }
  return found;
}

const otherInstructions = [
  '}',
  ']',
  ')',
  '(',
  '0',
  '2',
  'N',
  '1',
  'Q',
  'R',
  'b',
  's',
  'u',
  'a',
  'e',
  't',
  '\x85',
  '\x86',
  '\x87',
  '\x88',
  '\x89',
  '\x8f',
  '\x90',
  '\x91',
  '\x93',
  '\x94',
];

/** A pickle with instructions that are doubled, left out, moved or others, or with other numbers and lengths in them. */
export function otherPickle(bytes: Uint8Array, random: Random): Uint8Array {
  const all = instructions(bytes);
  for (let left = 1 + random.integer(3); left > 0; left--) {
    const index = random.integer(all.length);
    const one = all[index] ?? bytes;
    const kind = random.integer(7);
    if (kind === 0) all.splice(index, 1);
    else if (kind === 1) {
      const times = pick(random, [1, 2, 100, 10_000]);
      all.splice(index, 0, repeated(joined(one), Math.min(times, Math.ceil(maxRepeated / Math.max(1, one.length)))));
    } else if (kind === 2) all.splice(random.integer(all.length), 0, one);
    else if (kind === 3)
      all.splice(
        index,
        0,
        repeated(Buffer.from(pick(random, otherInstructions), 'latin1'), pick(random, [1, 1, 3, 5000])),
      );
    else if (kind === 4) all.splice(index, 0, joined(random.integer(2) ? 'j' : 'r', little(random.integer(60), 4)));
    else if (one.length > 1) {
      const changed = one.slice();
      otherWord(changed, 1, fixed[one[0] ?? 0] ?? lengths[one[0] ?? 0] ?? 1, true, random);
      all[index] = changed;
    }
  }
  return joined(all);
}
