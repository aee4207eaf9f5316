/** What the module exports of this room. */
import { Kind } from '../generated/dispatch';
import { parallel } from '../threads/pool';
import { ok } from '../threads/status';
import { lrnItems, startLrn } from './lrn';
import { itemsAnImage, startWithinChannelLrn } from './within-channel-lrn';

/** @param lines Scratch: `channels + 2 radius` elements a thread. */
export function lrn(
  x: usize, y: usize, pixels: i32, channels: i32, radius: i32, bias: f32, alpha: f32, beta: f64, lines: usize,
): i32 {
  return parallel(Kind.lrnPixels, lrnItems(startLrn(x, y, pixels, channels, radius, bias, alpha, beta, lines)));
}

/** @param lines Scratch: twice as much. */
export function lrnGrad(
  dy: usize, x: usize, y: usize, dx: usize, pixels: i32, channels: i32, radius: i32,
  bias: f32, alpha: f32, beta: f64, lines: usize,
): i32 {
  const task = startLrn(x, dx, pixels, channels, radius, bias, alpha, beta, lines);
  task.dy = dy;
  task.y = y;
  return parallel(Kind.lrnGradPixels, lrnItems(task));
}

export function withinChannelLrn(
  x: usize, y: usize, batch: i32, height: i32, width: i32, channels: i32, size: i32, k: f32, alpha: f32, beta: f64,
): i32 {
  const task = startWithinChannelLrn(x, y, batch, height, width, channels, size, k, alpha, beta);
  return parallel(Kind.withinChannelRows, batch * itemsAnImage(task));
}

/** @param terms Scratch of the size of `x`. */
export function withinChannelLrnGrad(
  dy: usize, x: usize, y: usize, dx: usize, batch: i32, height: i32, width: i32, channels: i32, size: i32,
  k: f32, alpha: f32, beta: f64, terms: usize,
): i32 {
  const task = startWithinChannelLrn(x, dx, batch, height, width, channels, size, k, alpha, beta);
  task.dy = dy;
  task.y = y;
  task.terms = terms;
  const items = batch * itemsAnImage(task);
  const status = parallel(Kind.withinChannelTermRows, items);
  return status == ok ? parallel(Kind.withinChannelGradientRows, items) : status;
}
