/**
 * A step of a sweep reads 12 columns of six rows of the matrix, in two halves: one holds three vectors of three rows in registers while all rows of the result pass by, which lie
 * interleaved while they grow: every element of the matrix comes from memory once, and evenly in time.
 */
import { fma } from '../simd/fma';

/** Columns of a step. */
export const stepColumns = 12;
export const rowsPerHalf = 3;
/** Bytes of its columns: of the matrix, of a row of the result, and of a row's factors, each of which is a vector. */
export const stepBytes: usize = 48;
export const rowsPerStep = 2 * rowsPerHalf;

/** Six rows of the matrix, `bytes` apart, into all rows of the result: `totals[j / 12, row, j % 12]`. @param rows A multiple of 2. */
export function sweep(b: usize, bytes: usize, columns: i32, factors: usize, totals: usize, rows: i32): void {
  const below = rowsPerHalf * bytes;
  const resultBytes = <usize>rows * stepBytes;
  for (let j = columns; j > 0; j -= stepColumns) {
    addHalf(b, bytes, factors, totals, rows);
    addHalf(b + below, bytes, factors + resultBytes, totals, rows);
    b += stepBytes, totals += resultBytes;
  }
}

// @ts-ignore: decorator
@inline
function addHalf(b: usize, bytes: usize, factors: usize, totals: usize, rows: i32): void {
  const x0 = v128.load(b), x1 = v128.load(b, 16), x2 = v128.load(b, 32);
  b += bytes;
  const y0 = v128.load(b), y1 = v128.load(b, 16), y2 = v128.load(b, 32);
  b += bytes;
  const z0 = v128.load(b), z1 = v128.load(b, 16), z2 = v128.load(b, 32);
  // Two rows an iteration: as many instructions as a processor can begin would else be spent on counting.
  for (let row = rows; row > 0; row -= 2) {
    addRow(factors, totals, x0, x1, x2, y0, y1, y2, z0, z1, z2);
    addRow(factors + stepBytes, totals + stepBytes, x0, x1, x2, y0, y1, y2, z0, z1, z2);
    factors += 2 * stepBytes, totals += 2 * stepBytes;
  }
}

/** Three rows of the matrix into one of the result. */
// @ts-ignore: decorator
@inline
function addRow(
  factors: usize, total: usize,
  x0: v128, x1: v128, x2: v128, y0: v128, y1: v128, y2: v128, z0: v128, z1: v128, z2: v128,
): void {
  const x = v128.load(factors), y = v128.load(factors, 16), z = v128.load(factors, 32);
  v128.store(total, fma(z, z0, fma(y, y0, fma(x, x0, v128.load(total)))));
  v128.store(total, fma(z, z1, fma(y, y1, fma(x, x1, v128.load(total, 16)))), 16);
  v128.store(total, fma(z, z2, fma(y, y2, fma(x, x2, v128.load(total, 32)))), 32);
}
