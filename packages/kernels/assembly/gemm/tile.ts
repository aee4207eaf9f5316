/** The tile in registers: everything else feeds it. */
import { fma } from '../simd/fma';
import { columnStep, rowStep, tileColumns, tileRows } from './blocking';

/**
 * `c[tileRows, 8] = start + sum over depth of a[k, tileRows]^T . b[k, 8]`.
 *
 * One step an iteration: engines gather the additions of an unrolled loop by accumulator, into chains that wait for
 * themselves, and run out of registers on the way.
 *
 * @param a Panel of A. @param b Panel of B.
 * @param c First element of the tile. @param stride Bytes between rows of `c`.
 * @param start Address of the 8 elements that every row starts from, or 0 to go on from what `c` holds.
 */
export function tile(a: usize, b: usize, depth: i32, c: usize, stride: usize, start: usize): void {
  // What c holds is added last: a sum in pieces is as exact as its pieces are short.
  const s0 = start ? v128.load(start) : f32x4.splat(0), s1 = start ? v128.load(start, 16) : f32x4.splat(0);
  let c00 = s0, c01 = s1, c10 = s0, c11 = s1, c20 = s0, c21 = s1, c30 = s0, c31 = s1;
  let c40 = s0, c41 = s1, c50 = s0, c51 = s1;
  for (let k = depth; k > 0; k--) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const a0 = v128.load_splat<f32>(a);
    c00 = fma(a0, b0, c00), c01 = fma(a0, b1, c01);
    const a1 = v128.load_splat<f32>(a, 4);
    c10 = fma(a1, b0, c10), c11 = fma(a1, b1, c11);
    const a2 = v128.load_splat<f32>(a, 8);
    c20 = fma(a2, b0, c20), c21 = fma(a2, b1, c21);
    const a3 = v128.load_splat<f32>(a, 12);
    c30 = fma(a3, b0, c30), c31 = fma(a3, b1, c31);
    if (tileRows == 6) {
      const a4 = v128.load_splat<f32>(a, 16);
      c40 = fma(a4, b0, c40), c41 = fma(a4, b1, c41);
      const a5 = v128.load_splat<f32>(a, 20);
      c50 = fma(a5, b0, c50), c51 = fma(a5, b1, c51);
    }
    a += rowStep;
    b += columnStep;
  }
  storeRow(c, c00, c01, start);
  storeRow(c + stride, c10, c11, start);
  storeRow(c + 2 * stride, c20, c21, start);
  storeRow(c + 3 * stride, c30, c31, start);
  if (tileRows == 6) {
    storeRow(c + 4 * stride, c40, c41, start);
    storeRow(c + 5 * stride, c50, c51, start);
  }
}

// @ts-ignore: decorator
@inline
function storeRow(c: usize, low: v128, high: v128, start: usize): void {
  v128.store(c, start ? low : f32x4.add(v128.load(c), low));
  v128.store(c, start ? high : f32x4.add(v128.load(c, 16), high), 16);
}

/** Bytes of a whole tile, laid out on its own. */
export const tileBytes: usize = tileRows * tileColumns * 4;

/** A tile that hangs over the edge of C: computed whole in `spare`, of which the part inside is kept. */
export function edgeTile(
  a: usize, b: usize, depth: i32, c: usize, stride: usize, start: usize, rows: i32, columns: i32, spare: usize,
): void {
  if (!start) copyPart(spare, columnStep, c, stride, rows, columns);
  tile(a, b, depth, spare, columnStep, start);
  copyPart(c, stride, spare, columnStep, rows, columns);
}

export function copyPart(to: usize, toStride: usize, from: usize, fromStride: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++, to += toStride, from += fromStride)
    for (let j = 0; j < columns; j++) store<f32>(to + (j << 2), load<f32>(from + (j << 2)));
}

/** Tiles over and over on panels that stay in the first cache: the rate that no product can exceed. For measuring. */
export function bareTiles(a: usize, b: usize, c: usize, depth: i32, times: i32): void {
  for (let i = 0; i < times; i++) tile(a, b, depth, c, columnStep, 0);
}
