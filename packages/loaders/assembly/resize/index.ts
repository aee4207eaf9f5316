// The two passes of an antialiased resize, of pictures of three bytes a pixel. Each product and each sum is rounded to a float, in the
// order of the window: what `plain-passes.ts` computes without SIMD, to the bit.

/** A pixel of three bytes and its neighbour's first one, as four floats. @param order Which byte becomes which float. */
@inline
function colours(pixel: usize, order: v128): v128 {
  return f32x4.convert_i32x4_s(i8x16.swizzle(v128.load32_zero(pixel), order));
}

/**
 * Scales rows of bytes along their length, four rows at a time: a window is read once for all of them. Where their number is no
 * multiple of four, up to three rows more are read and written.
 *
 * A pixel is read as four bytes and written as four floats, whose last is its neighbour's or padding: the source has one more byte,
 * and each row of the target at least one more float.
 *
 * @param windowSize Room for weights of each column.
 * @param targetRowBytes From one row of the target to the next.
 * @param reverse Whether RGB becomes BGR.
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
  targetRowBytes: usize,
  reverse: bool,
): void {
  const rowBytes = <usize>width * 3;
  // Bytes of integers, of which the lowest is a colour. What is beyond the pixel's four bytes is 0.
  const order = reverse ? i32x4(0xffffff02, 0xffffff01, 0xffffff00, 0xffffff03) : i32x4(0xffffff00, 0xffffff01, 0xffffff02, 0xffffff03);
  for (let y = 0; y < rows; y += 4) {
    let to = target;
    for (let x = 0; x < columns; x++) {
      const at = <usize>x << 2;
      let pixel = source + <usize>load<i32>(starts + at) * 3;
      let weight = weights + <usize>x * <usize>windowSize * 4;
      const end = weight + (<usize>load<i32>(counts + at) << 2);
      let first = f32x4.splat(0);
      let second = f32x4.splat(0);
      let third = f32x4.splat(0);
      let fourth = f32x4.splat(0);
      for (; weight < end; weight += 4, pixel += 3) {
        const four = v128.load32_splat(weight);
        first = f32x4.add(first, f32x4.mul(four, colours(pixel, order)));
        second = f32x4.add(second, f32x4.mul(four, colours(pixel + rowBytes, order)));
        third = f32x4.add(third, f32x4.mul(four, colours(pixel + rowBytes * 2, order)));
        fourth = f32x4.add(fourth, f32x4.mul(four, colours(pixel + rowBytes * 3, order)));
      }
      v128.store(to, first);
      v128.store(to + targetRowBytes, second);
      v128.store(to + targetRowBytes * 2, third);
      v128.store(to + targetRowBytes * 3, fourth);
      to += 12;
    }
    source += rowBytes * 4;
    target += targetRowBytes * 4;
  }
}

/** Four floats times `scale` less `offset`, computed in doubles, two at a time, and rounded once. */
@inline
function linear(sum: v128, scaleLow: v128, scaleHigh: v128, offsetLow: v128, offsetHigh: v128): v128 {
  const low = f64x2.sub(f64x2.mul(f64x2.promote_low_f32x4(sum), scaleLow), offsetLow);
  const upper = v128.shuffle<i64>(sum, sum, 1, 0);
  const high = f64x2.sub(f64x2.mul(f64x2.promote_low_f32x4(upper), scaleHigh), offsetHigh);
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** The doubles of channels `a` and `b`. */
@inline
function pair(doubles: usize, a: usize, b: usize): v128 {
  return f64x2.replace_lane(f64x2.splat(load<f64>(doubles + a * 8)), 1, load<f64>(doubles + b * 8));
}

/**
 * Scales columns: each row of the target is a weighted sum of rows of the source, times a scale, less an offset. Four pixels at a
 * time, so that up to three pixels more are read and written at the end of each row: the next row of the target is written over them,
 * and the last one has room behind it.
 *
 * @param rowBytes From one row of the source to the next.
 * @param columns Pixels in a row.
 * @param firstRow The row with which the source begins.
 * @param scales Three doubles, of the three channels, and three offsets behind them.
 */
export function resizeRows(
  source: usize,
  rowBytes: usize,
  columns: i32,
  firstRow: i32,
  rows: i32,
  starts: usize,
  counts: usize,
  weights: usize,
  windowSize: i32,
  scales: usize,
  target: usize,
): void {
  const offsets = scales + 24;
  // Twelve floats of four pixels: these pairs of channels, and once more.
  const scale01 = pair(scales, 0, 1);
  const scale20 = pair(scales, 2, 0);
  const scale12 = pair(scales, 1, 2);
  const offset01 = pair(offsets, 0, 1);
  const offset20 = pair(offsets, 2, 0);
  const offset12 = pair(offsets, 1, 2);
  const targetRowBytes = <usize>columns * 12;
  for (let y = 0; y < rows; y++) {
    const at = <usize>y << 2;
    const top = source + <usize>(load<i32>(starts + at) - firstRow) * rowBytes;
    const weight = weights + <usize>y * <usize>windowSize * 4;
    const end = weight + (<usize>load<i32>(counts + at) << 2);
    for (let k: usize = 0; k < targetRowBytes; k += 48) {
      let first = f32x4.splat(0);
      let second = f32x4.splat(0);
      let third = f32x4.splat(0);
      let from = top + k;
      for (let w = weight; w < end; w += 4, from += rowBytes) {
        const four = v128.load32_splat(w);
        first = f32x4.add(first, f32x4.mul(four, v128.load(from)));
        second = f32x4.add(second, f32x4.mul(four, v128.load(from, 16)));
        third = f32x4.add(third, f32x4.mul(four, v128.load(from, 32)));
      }
      const to = target + k;
      v128.store(to, linear(first, scale01, scale20, offset01, offset20));
      v128.store(to, linear(second, scale12, scale01, offset12, offset01), 16);
      v128.store(to, linear(third, scale20, scale12, offset20, offset12), 32);
    }
    target += targetRowBytes;
  }
}
