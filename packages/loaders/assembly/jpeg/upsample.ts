// Chroma of half the columns, or of half the columns and rows, at full size by a triangle filter: each sample of the result is three parts
// of the nearest sample and one part of the next one, as libjpeg does it (jdsample.c: fancy upsampling). Beyond an edge there is once more
// the last sample.

/** Eight bytes as 16-bit values. */
@inline
function eight(at: usize): v128 {
  return v128.load_ext<u8>(at);
}

/** Values of even and of odd columns as sixteen bytes. */
@inline
function interleaved(even: v128, odd: v128): v128 {
  // Each is less than 256: what is shifted up does not meet what is there.
  return v128.or(even, i16x8.shl(odd, 8));
}

/** Writes a sample beyond each edge of a row. */
@inline
function extendRow(row: usize, samples: i32): void {
  store<u8>(row - 1, load<u8>(row));
  store<u8>(row + <usize>samples, load<u8>(row + <usize>samples - 1));
}

/** Twice as many columns. @param samples How many the row has, without what is beyond its end. */
export function doubleColumns(row: usize, samples: i32, target: usize): void {
  extendRow(row, samples);
  const three = i16x8.splat(3);
  for (let x = 0; x < samples; x += 8, row += 8, target += 16) {
    const nearest = i16x8.mul(eight(row), three);
    const even = i16x8.shr_u(i16x8.add(i16x8.add(nearest, eight(row - 1)), i16x8.splat(1)), 2);
    const odd = i16x8.shr_u(i16x8.add(i16x8.add(nearest, eight(row + 1)), i16x8.splat(2)), 2);
    v128.store(target, interleaved(even, odd));
  }
}

/** Three parts of a row and one of another. */
@inline
function blended(row: usize, other: usize): v128 {
  return i16x8.add(i16x8.mul(eight(row), i16x8.splat(3)), eight(other));
}

/** A row between `row` and `other`, nearer to the first, with twice as many columns. */
export function doubleBoth(row: usize, other: usize, samples: i32, target: usize): void {
  extendRow(row, samples);
  extendRow(other, samples);
  const three = i16x8.splat(3);
  for (let x = 0; x < samples; x += 8, row += 8, other += 8, target += 16) {
    const nearest = i16x8.mul(blended(row, other), three);
    const even = i16x8.shr_u(i16x8.add(i16x8.add(nearest, blended(row - 1, other - 1)), i16x8.splat(8)), 4);
    const odd = i16x8.shr_u(i16x8.add(i16x8.add(nearest, blended(row + 1, other + 1)), i16x8.splat(7)), 4);
    v128.store(target, interleaved(even, odd));
  }
}
