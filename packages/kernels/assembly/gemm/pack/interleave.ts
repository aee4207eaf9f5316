/** Packing, the two ways a panel can come about: its elements lie side by side in memory already, or its steps do. */
import { columnStep, panelBytes, rowStep, tileColumns, tileRows } from '../blocking';

// @ts-ignore: decorator
@inline
function low(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5);
}
// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7);
}
// @ts-ignore: decorator
@inline
function lowHalves(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(a, b, 0, 2);
}
// @ts-ignore: decorator
@inline
function highHalves(a: v128, b: v128): v128 {
  return v128.shuffle<i64>(a, b, 1, 3);
}

/** Four steps of a panel of A, from four elements of each of its rows: `to[k, r] = ar[k]`. Only 6 rows have the last two. */
// @ts-ignore: decorator
@inline
export function fourSteps(to: usize, a0: v128, a1: v128, a2: v128, a3: v128, a4: v128, a5: v128): void {
  const low01 = low(a0, a1), low23 = low(a2, a3), high01 = high(a0, a1), high23 = high(a2, a3);
  if (tileRows == 6) {
    const low45 = low(a4, a5), high45 = high(a4, a5);
    v128.store(to, lowHalves(low01, low23));
    v128.store(to, v128.shuffle<i64>(low45, low01, 0, 3), 16);
    v128.store(to, highHalves(low23, low45), 32);
    v128.store(to, lowHalves(high01, high23), 48);
    v128.store(to, v128.shuffle<i64>(high45, high01, 0, 3), 64);
    v128.store(to, highHalves(high23, high45), 80);
  } else {
    v128.store(to, lowHalves(low01, low23));
    v128.store(to, highHalves(low01, low23), 16);
    v128.store(to, lowHalves(high01, high23), 32);
    v128.store(to, highHalves(high01, high23), 48);
  }
}

/**
 * A panel of A from rows: `to[k, r] = rows[r][k]`, `k` from 0 to `length`.
 *
 * @param rows Where the addresses of the `tileRows` rows stand.
 * @returns Where the panel goes on.
 */
export function interleaveRows(to: usize, rows: usize, length: i32): usize {
  let r0 = load<usize>(rows), r1 = load<usize>(rows, 4), r2 = load<usize>(rows, 8), r3 = load<usize>(rows, 12);
  let r4: usize = 0, r5: usize = 0;
  if (tileRows == 6) r4 = load<usize>(rows, 16), r5 = load<usize>(rows, 20);
  let k = length;
  for (; k >= 4; k -= 4) {
    const a0 = v128.load(r0), a1 = v128.load(r1), a2 = v128.load(r2), a3 = v128.load(r3);
    if (tileRows == 6) {
      fourSteps(to, a0, a1, a2, a3, v128.load(r4), v128.load(r5));
      r4 += 16, r5 += 16;
    } else fourSteps(to, a0, a1, a2, a3, a0, a0);
    to += 4 * rowStep;
    r0 += 16, r1 += 16, r2 += 16, r3 += 16;
  }
  for (; k > 0; k--) {
    store<f32>(to, load<f32>(r0)), store<f32>(to, load<f32>(r1), 4);
    store<f32>(to, load<f32>(r2), 8), store<f32>(to, load<f32>(r3), 12);
    r0 += 4, r1 += 4, r2 += 4, r3 += 4;
    if (tileRows == 6) {
      store<f32>(to, load<f32>(r4), 16), store<f32>(to, load<f32>(r5), 20);
      r4 += 4, r5 += 4;
    }
    to += rowStep;
  }
  return to;
}

/** A panel of B from 8 rows of its transpose: `to[k, j] = from[j, k]`. Rows past `count` are zeros. */
export function interleaveColumns(to: usize, from: usize, stride: usize, length: i32, count: i32): void {
  if (count == tileColumns) {
    interleaveFour(to, from, stride, length);
    interleaveFour(to + 16, from + 4 * stride, stride, length);
    return;
  }
  memory.fill(to, 0, <usize>length * columnStep);
  for (let j = 0; j < count; j++) {
    const row = from + <usize>j * stride;
    const column = to + (<usize>j << 2);
    for (let k = 0; k < length; k++) store<f32>(column + <usize>k * columnStep, load<f32>(row + (<usize>k << 2)));
  }
}

/** All panels of B, from the rows of its transpose, which lie side by side. */
export function interleavePanels(to: usize, from: usize, length: i32, rows: i32): void {
  const stride = <usize>length << 2;
  for (let row = 0; row < rows; row += tileColumns, to += panelBytes(length))
    interleaveColumns(to, from + <usize>row * stride, stride, length, min(tileColumns, rows - row));
}

/** Four rows as columns: `to[k, j] = from[j, k]`. */
// @ts-ignore: decorator
@inline
export function transposeFour(to: usize, toStep: usize, from: usize, stride: usize): void {
  const a0 = v128.load(from), a1 = v128.load(from + stride);
  const a2 = v128.load(from + 2 * stride), a3 = v128.load(from + 3 * stride);
  const low01 = low(a0, a1), low23 = low(a2, a3), high01 = high(a0, a1), high23 = high(a2, a3);
  v128.store(to, lowHalves(low01, low23));
  v128.store(to + toStep, highHalves(low01, low23));
  v128.store(to + 2 * toStep, lowHalves(high01, high23));
  v128.store(to + 3 * toStep, highHalves(high01, high23));
}

function interleaveFour(to: usize, from: usize, stride: usize, length: i32): void {
  let k = length;
  for (; k >= 4; k -= 4, to += 4 * columnStep, from += 16) transposeFour(to, columnStep, from, stride);
  for (; k > 0; k--, to += columnStep, from += 4)
    for (let j: usize = 0; j < 4; j++) store<f32>(to + (j << 2), load<f32>(from + j * stride));
}

/** A panel of B from its rows: `to[k, j] = from[k, j]`. Columns past `count` are zeros. */
export function copyColumns(to: usize, from: usize, stride: usize, length: i32, count: i32): void {
  if (count == tileColumns) {
    for (let k = 0; k < length; k++, to += columnStep, from += stride) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    }
    return;
  }
  for (let k = 0; k < length; k++, to += columnStep, from += stride) {
    v128.store(to, f32x4.splat(0));
    v128.store(to, f32x4.splat(0), 16);
    for (let j = 0; j < count; j++) store<f32>(to + (<usize>j << 2), load<f32>(from + (<usize>j << 2)));
  }
}

/** One step of a panel of A whose elements lie side by side. */
// @ts-ignore: decorator
@inline
export function copyStep(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  if (tileRows == 6) store<u64>(to, load<u64>(from, 16), 16);
}
