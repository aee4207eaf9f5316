/** `y = max(x, 0)`, and its gradient `dx = dy where x > 0, else 0`. */
import { loadLanes, storeLanes } from './lanes';
import { job, parallel } from './pool';
import { Kind } from './run-item';
import { spanEnd, spans, spanStart } from './spans';

@unmanaged
class Relu {
  x: usize;
  dy: usize;
  out: usize;
  count: i32;
}

export function relu(x: usize, y: usize, count: i32): i32 {
  const task = job<Relu>();
  task.x = x;
  task.out = y;
  task.count = count;
  return parallel(Kind.relu, spans(count));
}

export function reluGrad(dy: usize, x: usize, dx: usize, count: i32): i32 {
  const task = job<Relu>();
  task.x = x;
  task.dy = dy;
  task.out = dx;
  task.count = count;
  return parallel(Kind.reluGrad, spans(count));
}

export function reluSpan(span: i32): void {
  const task = job<Relu>();
  const end = spanEnd(span, task.count);
  let at = spanStart(span);
  for (; at + 16 <= end; at += 16) reluAt(task.x + at, task.out + at, true);
  for (; at < end; at += 4) reluAt(task.x + at, task.out + at, false);
}

// @ts-ignore: decorator
@inline
function reluAt(x: usize, y: usize, four: bool): void {
  // `x < 0 ? 0 : x`, so that NaN stays.
  storeLanes(y, f32x4.pmax(loadLanes(x, four), f32x4.splat(0)), four);
}

export function reluGradSpan(span: i32): void {
  const task = job<Relu>();
  const end = spanEnd(span, task.count);
  let at = spanStart(span);
  for (; at + 16 <= end; at += 16) reluGradAt(task.x + at, task.dy + at, task.out + at, true);
  for (; at < end; at += 4) reluGradAt(task.x + at, task.dy + at, task.out + at, false);
}

// @ts-ignore: decorator
@inline
function reluGradAt(x: usize, dy: usize, dx: usize, four: bool): void {
  const passes = f32x4.gt(loadLanes(x, four), f32x4.splat(0));
  storeLanes(dx, v128.and(loadLanes(dy, four), passes), four);
}
