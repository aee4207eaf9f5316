// A table of Huffman codes (T.81, annex C), as it lies in memory: an entry for each eleven bits that may come next, then for each length
// of code where its codes end and where its symbols are, then the symbols.
//
// An entry holds, from its lowest bit: how many bits it takes (6), whether they include the value (1), and from bit 8 the run of zeros (4),
// the size of the value (4), and the value (16). An entry of 0 begins a code of more than eleven bits.

/** How many bits are looked at at once. */
export const lookBits: i32 = 11;
const entries: i32 = 1 << lookBits;
const endsAt: usize = <usize>entries << 2;
const placesAt: usize = endsAt + (17 << 2);
const symbolsAt: usize = placesAt + (17 << 2);

export const lengthMask: i32 = 63;
export const hasValue: i32 = 64;
const runShift: i32 = 8;
const sizeShift: i32 = 12;
const valueShift: i32 = 16;

@inline
export function runIn(entry: i32): i32 {
  return (entry >> runShift) & 15;
}
@inline
export function sizeIn(entry: i32): i32 {
  return (entry >> sizeShift) & 15;
}
@inline
export function valueIn(entry: i32): i32 {
  return entry >> valueShift;
}

/** The signed value of `size` bits (T.81, F.2.2.1: EXTEND), 1 or more. */
@inline
export function extend(value: i32, size: i32): i32 {
  return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
}

/** Bytes of a table. */
export function tableBytes(): usize {
  return symbolsAt + 256;
}

/**
 * Makes a table.
 *
 * @param counts How many codes have 1, 2 ... 16 bits: 16 bytes.
 * @param symbols Their symbols, in the order of the codes.
 * @returns Whether there are as many codes; none is of ones alone.
 */
export function makeTable(table: usize, counts: usize, symbols: usize): bool {
  memory.fill(table, 0, tableBytes());
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(counts + <usize>(length - 1));
    if ((count > 0 && code + count >= 1 << length) || index + count > 256) return false;
    store<i32>(table + placesAt + (<usize>length << 2), index - code);
    for (let k = 0; k < count; k++, code++, index++) {
      const symbol = <i32>load<u8>(symbols + <usize>index);
      store<u8>(table + symbolsAt + <usize>index, <u8>symbol);
      if (length <= lookBits) fill(table, code << (lookBits - length), length, symbol);
    }
    store<i32>(table + endsAt + (<usize>length << 2), code << (16 - length));
    code <<= 1;
  }
  return true;
}

/** Writes the entries that begin with a code, with the value where it has room. */
function fill(table: usize, first: i32, length: i32, symbol: i32): void {
  const size = symbol & 15;
  const bare = length | ((symbol >> 4) << runShift) | (size << sizeShift);
  const room = lookBits - length;
  for (let rest = 0; rest < 1 << room; rest++) {
    let entry = bare;
    if (size > 0 && size <= room)
      entry = (bare + size) | hasValue | (extend(rest >> (room - size), size) << valueShift);
    store<i32>(table + (<usize>(first + rest) << 2), entry);
  }
}

/**
 * The entry of a code of more than eleven bits, without the value.
 *
 * @param next The next 16 bits.
 * @returns 0 for what is no code.
 */
export function longEntry(table: usize, next: i32): i32 {
  for (let length = lookBits + 1; length <= 16; length++) {
    const at = table + (<usize>length << 2);
    if (next >= load<i32>(at + endsAt)) continue;
    const index = (next >> (16 - length)) + load<i32>(at + placesAt);
    const symbol = <i32>load<u8>(table + symbolsAt + <usize>index);
    return length | ((symbol >> 4) << runShift) | ((symbol & 15) << sizeShift);
  }
  return 0;
}
