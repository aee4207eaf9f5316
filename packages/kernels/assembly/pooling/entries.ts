/** What the module exports of this room. */
import { Kind } from '../generated/dispatch';
import { job } from '../threads/job';
import { parallel } from '../threads/pool';
import { ok } from '../threads/status';
import { backwardItems } from './backward';
import { forwardItems } from './forward';
import { Windows } from './windows';

/** Describes the windows, for the call of a pool that follows. */
export function setWindows(
  batch: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  sizeHeight: i32, sizeWidth: i32, strideHeight: i32, strideWidth: i32, top: i32, left: i32,
): i32 {
  const task = job<Windows>();
  task.batch = batch;
  task.height = height;
  task.width = width;
  task.channels = channels;
  task.outHeight = outHeight;
  task.outWidth = outWidth;
  task.sizeHeight = sizeHeight;
  task.sizeWidth = sizeWidth;
  task.strideHeight = strideHeight;
  task.strideWidth = strideWidth;
  task.top = top;
  task.left = left;
  return ok;
}

export function maxPool(x: usize, y: usize): i32 {
  const task = job<Windows>();
  task.x = x;
  task.y = y;
  return parallel(Kind.maxPoolRows, forwardItems(task));
}

export function avgPool(x: usize, y: usize): i32 {
  const task = job<Windows>();
  task.x = x;
  task.y = y;
  return parallel(Kind.avgPoolRows, forwardItems(task));
}

/** Each window's gradient goes to the first pixel that holds its maximum. */
export function maxPoolGrad(dy: usize, x: usize, y: usize, dx: usize): i32 {
  const task = job<Windows>();
  task.dy = dy;
  task.x = x;
  task.y = y;
  task.dx = dx;
  return parallel(Kind.maxPoolGradPart, backwardItems(task));
}

/** Each window's gradient goes to all of its pixels in equal parts. */
export function avgPoolGrad(dy: usize, dx: usize): i32 {
  const task = job<Windows>();
  task.dy = dy;
  task.dx = dx;
  return parallel(Kind.avgPoolGradPart, backwardItems(task));
}
