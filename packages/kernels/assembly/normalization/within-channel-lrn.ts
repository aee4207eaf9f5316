/**
 * Local response normalisation within a channel: `y = x s^-beta`, `s = k + alpha (sum of x^2 over size x size pixels)`, and
 * `dx = dy s^-beta - 2 alpha beta x (sum of dy y / s over the same pixels)`. An item is a few rows of an image.
 */
import { fma } from '../simd/fma';
import { loadLanes, storeLanes } from '../simd/lanes';
import { job } from '../threads/job';
import { negativePower } from './power';

@unmanaged
class WithinChannelLrn {
  x: usize;
  y: usize;
  dy: usize;
  out: usize;
  /** `dy y / s`, like `x`. */
  terms: usize;
  batch: i32;
  height: i32;
  width: i32;
  channels: i32;
  reach: i32;
  k: f32;
  alpha: f32;
  beta: f64;
  itemRows: i32;
}

/** Elements of the image that an item looks at, about. */
const itemElements = 1 << 17;

export function startWithinChannelLrn(
  x: usize, out: usize, batch: i32, height: i32, width: i32, channels: i32, size: i32, k: f32, alpha: f32, beta: f64,
): WithinChannelLrn {
  const task = job<WithinChannelLrn>();
  task.x = x;
  task.out = out;
  task.batch = batch;
  task.height = height;
  task.width = width;
  task.channels = channels;
  task.reach = (size - 1) / 2;
  task.k = k;
  task.alpha = alpha;
  task.beta = beta;
  const rowElements = <f64>width * channels * size * size;
  task.itemRows = max(1, min(height, <i32>(itemElements / max(1, rowElements))));
  return task;
}

// @ts-ignore: decorator
@inline
export function itemsAnImage(task: WithinChannelLrn): i32 {
  return (task.height + task.itemRows - 1) / task.itemRows;
}

namespace Step {
  export const normalize = 0;
  export const terms = 1;
  export const gradients = 2;
}

export function withinChannelRows(item: i32): void {
  eachPixel(item, Step.normalize);
}

export function withinChannelTermRows(item: i32): void {
  eachPixel(item, Step.terms);
}

export function withinChannelGradientRows(item: i32): void {
  eachPixel(item, Step.gradients);
}

// @ts-ignore: decorator
@inline
function eachPixel(item: i32, step: i32): void {
  const task = job<WithinChannelLrn>();
  const image = item / itemsAnImage(task);
  const first = (item % itemsAnImage(task)) * task.itemRows;
  const end = min(task.height, first + task.itemRows);
  const pixelBytes = <usize>task.channels << 2;
  let place = <usize>((image * task.height + first) * task.width) * pixelBytes;
  for (let i = first; i < end; i++) {
    const row = max(0, i - task.reach);
    const rows = min(task.height, i + task.reach + 1) - row;
    for (let j = 0; j < task.width; j++, place += pixelBytes) {
      const column = max(0, j - task.reach);
      const columns = min(task.width, j + task.reach + 1) - column;
      const corner = <usize>((image * task.height + row) * task.width + column) * pixelBytes;
      let at: usize = 0;
      for (; at + 16 <= pixelBytes; at += 16) stepAt(task, step, place + at, corner + at, rows, columns, true);
      for (; at < pixelBytes; at += 4) stepAt(task, step, place + at, corner + at, rows, columns, false);
    }
  }
}

// @ts-ignore: decorator
@inline
function stepAt(
  task: WithinChannelLrn, step: i32, place: usize, corner: usize, rows: i32, columns: i32, four: bool,
): void {
  const sum = windowSum(task, step == Step.gradients ? task.terms + corner : task.x + corner, rows, columns, step != Step.gradients, four);
  if (step == Step.gradients) {
    const factor = f32x4.splat(<f32>(-2 * task.alpha * task.beta));
    const shared = f32x4.mul(f32x4.mul(sum, loadLanes(task.x + place, four)), factor);
    storeLanes(task.out + place, f32x4.add(loadLanes(task.out + place, four), shared), four);
    return;
  }
  const s = fma(sum, f32x4.splat(task.alpha), f32x4.splat(task.k));
  const power = negativePower(s, task.beta);
  if (step == Step.normalize) {
    storeLanes(task.out + place, f32x4.mul(loadLanes(task.x + place, four), power), four);
    return;
  }
  const dy = loadLanes(task.dy + place, four);
  storeLanes(task.out + place, f32x4.mul(dy, power), four);
  storeLanes(task.terms + place, f32x4.div(f32x4.mul(dy, loadLanes(task.y + place, four)), s), four);
}

/** The sum of the elements of a window, or of their squares. */
// @ts-ignore: decorator
@inline
function windowSum(task: WithinChannelLrn, corner: usize, rows: i32, columns: i32, squared: bool, four: bool): v128 {
  const pixelBytes = <usize>task.channels << 2;
  const lineBytes = <usize>task.width * pixelBytes;
  let sum = f32x4.splat(0);
  for (let r = 0; r < rows; r++, corner += lineBytes) {
    let from = corner;
    for (let q = 0; q < columns; q++, from += pixelBytes) {
      const value = loadLanes(from, four);
      sum = squared ? fma(value, value, sum) : f32x4.add(sum, value);
    }
  }
  return sum;
}
