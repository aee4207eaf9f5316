/**
 * Local response normalisation across channels: `y = x s^-beta`, `s = bias + alpha (sum of x^2 over 2 radius + 1 channels)`, and
 * `dx = dy s^-beta - 2 alpha beta x (sum of dy y / s over the same channels)`. An item is a few pixels.
 */
import { fma } from '../simd/fma';
import { loadLanes, storeLanes } from '../simd/lanes';
import { job } from '../threads/job';
import { negativePower } from './power';

@unmanaged
class Lrn {
  x: usize;
  y: usize;
  dy: usize;
  out: usize;
  pixels: i32;
  channels: i32;
  radius: i32;
  bias: f32;
  alpha: f32;
  beta: f64;
  /** A line for each thread, two for the gradient: `radius` zeros, an element for each channel, `radius` zeros. */
  lines: usize;
  itemPixels: i32;
}

/** Elements of an item. */
const itemElements = 1 << 14;

export function startLrn(
  x: usize, out: usize, pixels: i32, channels: i32, radius: i32, bias: f32, alpha: f32, beta: f64, lines: usize,
): Lrn {
  const task = job<Lrn>();
  task.x = x;
  task.out = out;
  task.pixels = pixels;
  task.channels = channels;
  task.radius = radius;
  task.bias = bias;
  task.alpha = alpha;
  task.beta = beta;
  task.lines = lines;
  task.itemPixels = max(1, itemElements / max(1, channels));
  return task;
}

export function lrnItems(task: Lrn): i32 {
  return (task.pixels + task.itemPixels - 1) / task.itemPixels;
}

// @ts-ignore: decorator
@inline
function lineBytes(task: Lrn): usize {
  return <usize>(task.channels + 2 * task.radius) << 2;
}

/** The sum over the window around the channel that begins at `at`, of a line. */
// @ts-ignore: decorator
@inline
function windowSum(line: usize, at: usize, task: Lrn, four: bool): v128 {
  let sum = loadLanes(line + at, four);
  for (let i = 2 * task.radius; i > 0; i--) {
    line += 4;
    sum = f32x4.add(sum, loadLanes(line + at, four));
  }
  return sum;
}

// @ts-ignore: decorator
@inline
function squareAt(x: usize, squares: usize, four: bool): void {
  const value = loadLanes(x, four);
  storeLanes(squares, f32x4.mul(value, value), four);
}

// @ts-ignore: decorator
@inline
function writeSquares(task: Lrn, x: usize, squares: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) squareAt(x + at, squares + at, true);
  for (; at < bytes; at += 4) squareAt(x + at, squares + at, false);
}

// @ts-ignore: decorator
@inline
function scaleAt(task: Lrn, line: usize, at: usize, four: bool): v128 {
  return fma(windowSum(line, at, task, four), f32x4.splat(task.alpha), f32x4.splat(task.bias));
}

export function lrnPixels(item: i32, thread: i32): void {
  const task = job<Lrn>();
  const bytes = <usize>task.channels << 2;
  const line = task.lines + <usize>thread * lineBytes(task);
  memory.fill(line, 0, lineBytes(task));
  const squares = line + (<usize>task.radius << 2);
  const first = item * task.itemPixels;
  const end = min(task.pixels, first + task.itemPixels);
  for (let pixel = first; pixel < end; pixel++) {
    const place = <usize>pixel * bytes;
    writeSquares(task, task.x + place, squares, bytes);
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16) normalizeAt(task, place, line, at, true);
    for (; at < bytes; at += 4) normalizeAt(task, place, line, at, false);
  }
}

// @ts-ignore: decorator
@inline
function normalizeAt(task: Lrn, place: usize, line: usize, at: usize, four: bool): void {
  const power = negativePower(scaleAt(task, line, at, four), task.beta);
  storeLanes(task.out + place + at, f32x4.mul(loadLanes(task.x + place + at, four), power), four);
}

export function lrnGradPixels(item: i32, thread: i32): void {
  const task = job<Lrn>();
  const bytes = <usize>task.channels << 2;
  const line = task.lines + <usize>thread * 2 * lineBytes(task);
  const termLine = line + lineBytes(task);
  memory.fill(line, 0, 2 * lineBytes(task));
  const reach = <usize>task.radius << 2;
  const first = item * task.itemPixels;
  const end = min(task.pixels, first + task.itemPixels);
  for (let pixel = first; pixel < end; pixel++) {
    const place = <usize>pixel * bytes;
    writeSquares(task, task.x + place, line + reach, bytes);
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16) termAt(task, place, line, termLine + reach, at, true);
    for (; at < bytes; at += 4) termAt(task, place, line, termLine + reach, at, false);
    for (at = 0; at + 16 <= bytes; at += 16) gradientAt(task, place, termLine, at, true);
    for (; at < bytes; at += 4) gradientAt(task, place, termLine, at, false);
  }
}

/** The first half of the gradient, and `dy y / s`. */
// @ts-ignore: decorator
@inline
function termAt(task: Lrn, place: usize, line: usize, terms: usize, at: usize, four: bool): void {
  const s = scaleAt(task, line, at, four);
  const dy = loadLanes(task.dy + place + at, four);
  storeLanes(terms + at, f32x4.div(f32x4.mul(dy, loadLanes(task.y + place + at, four)), s), four);
  storeLanes(task.out + place + at, f32x4.mul(dy, negativePower(s, task.beta)), four);
}

// @ts-ignore: decorator
@inline
function gradientAt(task: Lrn, place: usize, termLine: usize, at: usize, four: bool): void {
  const factor = f32x4.splat(<f32>(-2 * task.alpha * task.beta));
  const shared = f32x4.mul(f32x4.mul(windowSum(termLine, at, task, four), loadLanes(task.x + place + at, four)), factor);
  storeLanes(task.out + place + at, f32x4.add(loadLanes(task.out + place + at, four), shared), four);
}
