/**
 * The tile of tile.ts for rows of A that are read where they lie: nothing of A is packed. A row is a start address and the same walk
 * from there, `lines` runs of `run` elements:
 *
 *     row r:   x x x x . . . .     run = 4, step = 4 bytes, skip = 16 bytes to the next line
 *              x x x x . . . .
 *
 * Six addresses take six general registers, and every step adds to each: where there is no multiply-and-add, the loop has no time left
 * for that (few channels: packing wins from a depth of 128).
 */
import { fma } from '../simd/fma';
import { columnStep, tileColumns, tileRows } from './blocking';
import { copyPart } from './tile';

/**
 * `c[tileRows, 8] = start + sum over lines and run of rows[r][line, k] * b[line, k, 8]`.
 *
 * @param rows Where the addresses of the `tileRows` rows stand.
 * @param step Bytes from one element of a row to the next. @param run How many follow so.
 * @param lines How many such runs there are. @param skip Bytes from the end of a run to the next.
 * @param b Panel of B. @param c First element of the tile. @param stride Bytes between rows of `c`.
 * @param start Address of the 8 elements that every row starts from, or 0 to go on from what `c` holds.
 */
export function rowTile(
  rows: usize, step: usize, run: i32, lines: i32, skip: usize, b: usize, c: usize, stride: usize, start: usize,
): void {
  const first = start ? start : c;
  const down: usize = start ? 0 : stride;
  let r0 = load<usize>(rows), r1 = load<usize>(rows, 4), r2 = load<usize>(rows, 8), r3 = load<usize>(rows, 12);
  let c00 = v128.load(first), c01 = v128.load(first, 16);
  let c10 = v128.load(first + down), c11 = v128.load(first + down, 16);
  let c20 = v128.load(first + 2 * down), c21 = v128.load(first + 2 * down, 16);
  let c30 = v128.load(first + 3 * down), c31 = v128.load(first + 3 * down, 16);
  let r4: usize = 0, r5: usize = 0;
  let c40 = c00, c41 = c01, c50 = c00, c51 = c01;
  if (tileRows == 6) {
    r4 = load<usize>(rows, 16), r5 = load<usize>(rows, 20);
    c40 = v128.load(first + 4 * down), c41 = v128.load(first + 4 * down, 16);
    c50 = v128.load(first + 5 * down), c51 = v128.load(first + 5 * down, 16);
  }
  for (let line = lines; line > 0; line--) {
    for (let k = run; k > 0; k--) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      const a0 = v128.load_splat<f32>(r0);
      c00 = fma(a0, b0, c00), c01 = fma(a0, b1, c01);
      const a1 = v128.load_splat<f32>(r1);
      c10 = fma(a1, b0, c10), c11 = fma(a1, b1, c11);
      const a2 = v128.load_splat<f32>(r2);
      c20 = fma(a2, b0, c20), c21 = fma(a2, b1, c21);
      const a3 = v128.load_splat<f32>(r3);
      c30 = fma(a3, b0, c30), c31 = fma(a3, b1, c31);
      if (tileRows == 6) {
        const a4 = v128.load_splat<f32>(r4);
        c40 = fma(a4, b0, c40), c41 = fma(a4, b1, c41);
        const a5 = v128.load_splat<f32>(r5);
        c50 = fma(a5, b0, c50), c51 = fma(a5, b1, c51);
        r4 += step, r5 += step;
      }
      r0 += step, r1 += step, r2 += step, r3 += step;
      b += columnStep;
    }
    r0 += skip, r1 += skip, r2 += skip, r3 += skip;
    if (tileRows == 6) r4 += skip, r5 += skip;
  }
  v128.store(c, c00), v128.store(c, c01, 16);
  v128.store(c + stride, c10), v128.store(c + stride, c11, 16);
  v128.store(c + 2 * stride, c20), v128.store(c + 2 * stride, c21, 16);
  v128.store(c + 3 * stride, c30), v128.store(c + 3 * stride, c31, 16);
  if (tileRows == 6) {
    v128.store(c + 4 * stride, c40), v128.store(c + 4 * stride, c41, 16);
    v128.store(c + 5 * stride, c50), v128.store(c + 5 * stride, c51, 16);
  }
}

/** A tile of which so many rows and columns lie inside of C: another is computed whole in `spare`. */
export function anyRowTile(
  rows: usize, step: usize, run: i32, lines: i32, skip: usize, b: usize, c: usize, stride: usize, start: usize,
  inRows: i32, inColumns: i32, spare: usize,
): void {
  if (inRows == tileRows && inColumns == tileColumns) {
    rowTile(rows, step, run, lines, skip, b, c, stride, start);
    return;
  }
  if (!start) copyPart(spare, columnStep, c, stride, inRows, inColumns);
  rowTile(rows, step, run, lines, skip, b, spare, columnStep, start);
  copyPart(c, stride, spare, columnStep, inRows, inColumns);
}
