/** Where a coefficient of the zigzag (T.81, figure A.6) stands among 64 by rows, in bytes of two each. */
const places = memory.data<u8>([
  0, 2, 16, 32, 18, 4, 6, 20, 34, 48, 64, 50, 36, 22, 8, 10, 24, 38, 52, 66, 80, 96, 82, 68, 54, 40, 26, 12, 14, 28, 42, 56, 70, 84, 98,
  112, 114, 100, 86, 72, 58, 44, 30, 46, 60, 74, 88, 102, 116, 118, 104, 90, 76, 62, 78, 92, 106, 120, 122, 108, 94, 110, 124, 126,
]);

@inline
export function byteOfOrder(k: i32): usize {
  return <usize>load<u8>(places + <usize>k);
}

/** Factors of coefficients as a file has them, bytes in the order of the zigzag, as 64 of two bytes by rows. */
export function placeQuantizers(from: usize, to: usize): void {
  for (let k = 0; k < 64; k++) store<i16>(to + byteOfOrder(k), <i16>load<u8>(from + <usize>k));
}
