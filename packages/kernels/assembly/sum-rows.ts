/** `out[c] = sum over r of x[r, c]`: the gradient of a bias. */
import { job, ok, parallel } from './pool';
import { Kind } from './run-item';

@unmanaged
class SumRows {
  x: usize;
  out: usize;
  rows: i32;
  columns: i32;
}

/** Columns of an item: a cache line. */
const width = 16;
/** Rows that are added in single precision; their sums are added in double, for hundreds of thousands of terms lose digits. */
const block = 128;
/** Elements below which waking a thread costs more than it saves. */
const fewest = 1 << 15;

/** @param x `[rows, columns]` @param out `[columns]` */
export function sumRows(x: usize, out: usize, rows: i32, columns: i32): i32 {
  const task = job<SumRows>();
  task.x = x;
  task.out = out;
  task.rows = rows;
  task.columns = columns;
  const items = (columns + width - 1) / width;
  if (<i64>rows * columns >= fewest) return parallel(Kind.sumRows, items);
  for (let item = 0; item < items; item++) sumColumns(item);
  return ok;
}

export function sumColumns(item: i32): void {
  const task = job<SumRows>();
  const end = min(task.columns, (item + 1) * width);
  let column = item * width;
  for (; column + 4 <= end; column += 4) sumFour(task, column);
  for (; column < end; column++) sumOne(task, column);
}

function sumFour(task: SumRows, column: i32): void {
  const stride = <usize>task.columns << 2;
  let from = task.x + (<usize>column << 2);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let row = 0; row < task.rows; row += block) {
    let sum = f32x4.splat(0);
    for (let i = min(block, task.rows - row); i > 0; i--, from += stride) sum = f32x4.add(sum, v128.load(from));
    low = f64x2.add(low, v128.promote_low<f32>(sum));
    high = f64x2.add(high, v128.promote_low<f32>(v128.shuffle<i64>(sum, sum, 1, 0)));
  }
  v128.store64_lane(task.out + (<usize>column << 2), v128.demote_zero<f64>(low), 0);
  v128.store64_lane(task.out + (<usize>column << 2) + 8, v128.demote_zero<f64>(high), 0);
}

function sumOne(task: SumRows, column: i32): void {
  const stride = <usize>task.columns << 2;
  let from = task.x + (<usize>column << 2);
  let sum: f64 = 0;
  for (let row = 0; row < task.rows; row++, from += stride) sum += load<f32>(from);
  store<f32>(task.out + (<usize>column << 2), <f32>sum);
}
