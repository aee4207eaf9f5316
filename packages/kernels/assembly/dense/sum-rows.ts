/**
 * `out[c] = sum over r of x[r, c]`: the gradient of a bias. An item is a block of rows, read as it lies in memory, of which it
 * leaves the sums; those are added in double precision, for hundreds of thousands of terms lose digits.
 */
import { loadLanes, storeLanes } from '../simd/lanes';
import { job } from '../threads/job';

@unmanaged
export class SumRows {
  x: usize;
  out: usize;
  /** `[blocks, columns]`. */
  sums: usize;
  rows: i32;
  columns: i32;
  blockRows: i32;
}

/** Rows that are added in single precision at most. */
const maxRows = 256;
/** Elements of a block, about. */
const blockElements = 1 << 14;

// @ts-ignore: decorator
@inline
export function blockRowsOf(columns: i32): i32 {
  return max(1, min(maxRows, blockElements / max(1, columns)));
}

export function sumBlock(item: i32): void {
  const task = job<SumRows>();
  const line = <usize>task.columns << 2;
  const first = item * task.blockRows;
  const rows = min(task.rows, first + task.blockRows) - first;
  const from = task.x + <usize>first * line;
  const to = task.sums + <usize>item * line;
  let at: usize = 0;
  for (; at + 64 <= line; at += 64) sumSixteen(from + at, to + at, rows, line);
  for (; at + 16 <= line; at += 16) sumLanes(from + at, to + at, rows, line, true);
  for (; at < line; at += 4) sumLanes(from + at, to + at, rows, line, false);
}

// @ts-ignore: decorator
@inline
function sumSixteen(from: usize, to: usize, rows: i32, line: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let i = rows; i > 0; i--, from += line) {
    a = f32x4.add(a, v128.load(from));
    b = f32x4.add(b, v128.load(from, 16));
    c = f32x4.add(c, v128.load(from, 32));
    d = f32x4.add(d, v128.load(from, 48));
  }
  v128.store(to, a);
  v128.store(to, b, 16);
  v128.store(to, c, 32);
  v128.store(to, d, 48);
}

// @ts-ignore: decorator
@inline
function sumLanes(from: usize, to: usize, rows: i32, line: usize, four: bool): void {
  let sum = f32x4.splat(0);
  for (let i = rows; i > 0; i--, from += line) sum = f32x4.add(sum, loadLanes(from, four));
  storeLanes(to, sum, four);
}
