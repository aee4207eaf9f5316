// The two passes of an antialiased resize, of pictures of three bytes a pixel. Each product and each sum is rounded to a float, in the
// order of the window: what `plain-passes.ts` computes without SIMD, to the bit.

/**
 * Scales rows of bytes along their length. A pixel is read as four bytes and written as four floats, whose last is its
 * neighbour's or padding: the source has one more byte, and the target one more float.
 *
 * @param windowSize Room for weights of each column.
 */
export function resizeColumns(
  source: usize,
  rows: i32,
  width: i32,
  columns: i32,
  starts: usize,
  counts: usize,
  weights: usize,
  windowSize: i32,
  target: usize,
): void {
  const rowBytes = <usize>width * 3;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = <usize>x << 2;
      let pixel = source + <usize>load<i32>(starts + at) * 3;
      let weight = weights + <usize>x * <usize>windowSize * 4;
      const end = weight + (<usize>load<i32>(counts + at) << 2);
      let sum = f32x4.splat(0);
      for (; weight < end; weight += 4, pixel += 3) {
        const bytes = v128.load32_zero(pixel);
        const four = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(weight), f32x4.convert_i32x4_s(four)));
      }
      v128.store(target, sum);
      target += 12;
    }
    source += rowBytes;
  }
}

/**
 * Scales columns: each row of the target is a weighted sum of rows of the source.
 *
 * @param rowFloats Floats in a row.
 * @param firstRow The row with which the source begins.
 */
export function resizeRows(
  source: usize,
  rowFloats: i32,
  firstRow: i32,
  rows: i32,
  starts: usize,
  counts: usize,
  weights: usize,
  windowSize: i32,
  target: usize,
): void {
  const rowBytes = <usize>rowFloats << 2;
  for (let y = 0; y < rows; y++) {
    const at = <usize>y << 2;
    const first = source + <usize>(load<i32>(starts + at) - firstRow) * rowBytes;
    const weight = weights + <usize>y * <usize>windowSize * 4;
    const end = weight + (<usize>load<i32>(counts + at) << 2);
    let k: usize = 0;
    for (; k + 32 <= rowBytes; k += 32) {
      let left = f32x4.splat(0);
      let right = f32x4.splat(0);
      let from = first + k;
      for (let w = weight; w < end; w += 4, from += rowBytes) {
        const four = v128.load32_splat(w);
        left = f32x4.add(left, f32x4.mul(four, v128.load(from)));
        right = f32x4.add(right, f32x4.mul(four, v128.load(from, 16)));
      }
      v128.store(target + k, left);
      v128.store(target + k, right, 16);
    }
    for (; k < rowBytes; k += 4) {
      let sum: f32 = 0;
      let from = first + k;
      for (let w = weight; w < end; w += 4, from += rowBytes) sum += load<f32>(w) * load<f32>(from);
      store<f32>(target + k, sum);
    }
    target += rowBytes;
  }
}
