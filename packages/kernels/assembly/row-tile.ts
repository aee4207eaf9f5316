/** The tile of tile.ts for rows of A that are read where they lie. */
import { columnStep, tileRows } from './blocking';
import { fma } from './fma';

/**
 * `c[tileRows, 8] = start + sum over depth of rows[r][k] * b[k, 8]`.
 *
 * @param rows Where the addresses of the `tileRows` rows stand.
 * @param b Panel of B. @param c First number of the tile. @param stride Bytes between rows of `c`.
 * @param start Address of the 8 numbers that every row starts from, or 0 to go on from what `c` holds.
 */
export function rowTile(rows: usize, b: usize, depth: i32, c: usize, stride: usize, start: usize): void {
  const first = start ? start : c;
  const step: usize = start ? 0 : stride;
  let r0 = load<usize>(rows), r1 = load<usize>(rows, 4), r2 = load<usize>(rows, 8), r3 = load<usize>(rows, 12);
  let c00 = v128.load(first), c01 = v128.load(first, 16);
  let c10 = v128.load(first + step), c11 = v128.load(first + step, 16);
  let c20 = v128.load(first + 2 * step), c21 = v128.load(first + 2 * step, 16);
  let c30 = v128.load(first + 3 * step), c31 = v128.load(first + 3 * step, 16);
  if (tileRows == 6) {
    let r4 = load<usize>(rows, 16), r5 = load<usize>(rows, 20);
    let c40 = v128.load(first + 4 * step), c41 = v128.load(first + 4 * step, 16);
    let c50 = v128.load(first + 5 * step), c51 = v128.load(first + 5 * step, 16);
    for (let k = depth; k > 0; k--) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      const a0 = v128.load_splat<f32>(r0);
      c00 = fma(a0, b0, c00), c01 = fma(a0, b1, c01);
      const a1 = v128.load_splat<f32>(r1);
      c10 = fma(a1, b0, c10), c11 = fma(a1, b1, c11);
      const a2 = v128.load_splat<f32>(r2);
      c20 = fma(a2, b0, c20), c21 = fma(a2, b1, c21);
      const a3 = v128.load_splat<f32>(r3);
      c30 = fma(a3, b0, c30), c31 = fma(a3, b1, c31);
      const a4 = v128.load_splat<f32>(r4);
      c40 = fma(a4, b0, c40), c41 = fma(a4, b1, c41);
      const a5 = v128.load_splat<f32>(r5);
      c50 = fma(a5, b0, c50), c51 = fma(a5, b1, c51);
      r0 += 4, r1 += 4, r2 += 4, r3 += 4, r4 += 4, r5 += 4;
      b += columnStep;
    }
    v128.store(c + 4 * stride, c40), v128.store(c + 4 * stride, c41, 16);
    v128.store(c + 5 * stride, c50), v128.store(c + 5 * stride, c51, 16);
  } else {
    for (let k = depth; k > 0; k--) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      const a0 = v128.load_splat<f32>(r0);
      c00 = fma(a0, b0, c00), c01 = fma(a0, b1, c01);
      const a1 = v128.load_splat<f32>(r1);
      c10 = fma(a1, b0, c10), c11 = fma(a1, b1, c11);
      const a2 = v128.load_splat<f32>(r2);
      c20 = fma(a2, b0, c20), c21 = fma(a2, b1, c21);
      const a3 = v128.load_splat<f32>(r3);
      c30 = fma(a3, b0, c30), c31 = fma(a3, b1, c31);
      r0 += 4, r1 += 4, r2 += 4, r3 += 4;
      b += columnStep;
    }
  }
  v128.store(c, c00), v128.store(c, c01, 16);
  v128.store(c + stride, c10), v128.store(c + stride, c11, 16);
  v128.store(c + 2 * stride, c20), v128.store(c + 2 * stride, c21, 16);
  v128.store(c + 3 * stride, c30), v128.store(c + 3 * stride, c31, 16);
}
