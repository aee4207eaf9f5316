/** `y = max(x, 0)`, and its gradient `dx = dy where x > 0, else 0`. */
import { loadLanes, storeLanes } from '../simd/lanes';
import { job } from '../threads/job';
import { spanEnd, spanStart } from './spans';

@unmanaged
export class Relu {
  x: usize;
  dy: usize;
  out: usize;
  count: i32;
}

export function reluSpan(item: i32): void {
  const task = job<Relu>();
  const end = spanEnd(item, task.count);
  let at = spanStart(item);
  for (; at + 16 <= end; at += 16) reluAt(task.x + at, task.out + at, true);
  for (; at < end; at += 4) reluAt(task.x + at, task.out + at, false);
}

// @ts-ignore: decorator
@inline
function reluAt(x: usize, y: usize, four: bool): void {
  // `x < 0 ? 0 : x`, so that NaN stays.
  storeLanes(y, f32x4.pmax(loadLanes(x, four), f32x4.splat(0)), four);
}

export function reluGradSpan(item: i32): void {
  const task = job<Relu>();
  const end = spanEnd(item, task.count);
  let at = spanStart(item);
  for (; at + 16 <= end; at += 16) reluGradAt(task.x + at, task.dy + at, task.out + at, true);
  for (; at < end; at += 4) reluGradAt(task.x + at, task.dy + at, task.out + at, false);
}

// @ts-ignore: decorator
@inline
function reluGradAt(x: usize, dy: usize, dx: usize, four: bool): void {
  const passes = f32x4.gt(loadLanes(x, four), f32x4.splat(0));
  storeLanes(dx, v128.and(loadLanes(dy, four), passes), four);
}
