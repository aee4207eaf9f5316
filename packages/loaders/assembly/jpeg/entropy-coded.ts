/** The marker behind 255 that stands for the byte 255 itself. */
const stuffed: u8 = 0;

/** The end of what `takeEntropyCoded` has written. */
let written: usize = 0;
export function endOfWritten(): usize {
  return written;
}

/**
 * Copies entropy-coded bytes up to the next marker, without the zeros that are stuffed behind each 255 (T.81, B.1.1.5), then turns each
 * four of them round: the next 32 bits are one load. Behind the end come 64 bytes of zeros.
 *
 * @returns How many bytes were read.
 */
export function takeEntropyCoded(from: usize, end: usize, target: usize): usize {
  const start = from;
  let to = target;
  const markers = i8x16.splat(-1);
  while (from + 16 < end) {
    const sixteen = v128.load(from);
    v128.store(to, sixteen);
    const found = i8x16.bitmask(i8x16.eq(sixteen, markers));
    if (found == 0) {
      from += 16;
      to += 16;
      continue;
    }
    const before = <usize>ctz(found);
    from += before;
    to += before;
    if (load<u8>(from, 1) != stuffed) break;
    to += 1;
    from += 2;
  }
  while (from < end) {
    const byte = load<u8>(from);
    if (byte == 255 && (from + 1 == end || load<u8>(from, 1) != stuffed)) break;
    store<u8>(to, byte);
    from += byte == 255 ? 2 : 1;
    to += 1;
  }
  memory.fill(to, 0, 64);
  const turned = i8x16(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
  for (let at = target; at < to; at += 16) v128.store(at, i8x16.swizzle(v128.load(at), turned));
  written = to;
  return from - start;
}
