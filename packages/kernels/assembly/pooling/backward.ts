/**
 * Gradients of pools. Windows overlap, so an item is all windows of one image, with all channels,
 * or with some of them where there are few images.
 */
import { loadLanes, storeLanes } from '../simd/lanes';
import { job } from '../threads/job';
import { shareOfPixel, Windows } from './windows';

/** Items that are enough for all threads to finish at about the same time. */
const enough = 16;
/** Channels of an item: a cache line. */
const leastChannels = 16;

export function backwardItems(task: Windows): i32 {
  const parts = task.batch > 0 ? (enough + task.batch - 1) / task.batch : 1;
  const channels = (task.channels + parts - 1) / parts;
  task.itemChannels = (channels + leastChannels - 1) / leastChannels * leastChannels;
  return task.batch * itemsAnImage(task);
}

// @ts-ignore: decorator
@inline
function itemsAnImage(task: Windows): i32 {
  return (task.channels + task.itemChannels - 1) / task.itemChannels;
}

export function maxPoolGradPart(item: i32): void {
  spreadSlopes(item, true);
}

export function avgPoolGradPart(item: i32): void {
  spreadSlopes(item, false);
}

// @ts-ignore: decorator
@inline
function spreadSlopes(item: i32, toMax: bool): void {
  const task = job<Windows>();
  const pixel = <usize>task.channels << 2;
  const image = item / itemsAnImage(task);
  const firstChannel = (item % itemsAnImage(task)) * task.itemChannels;
  const first = <usize>firstChannel << 2;
  const bytes = <usize>min(task.itemChannels, task.channels - firstChannel) << 2;
  const imageAt = <usize>(image * task.height * task.width) * pixel + first;
  let window = <usize>(image * task.outHeight * task.outWidth) * pixel + first;
  let zeroed = 0;
  for (let i = 0; i < task.outHeight; i++) {
    const top = i * task.strideHeight - task.top;
    const row = max(0, top);
    const end = min(task.height, top + task.sizeHeight);
    // Just before they are added to, so that they are still in the cache then.
    zeroed = zeroRows(task, task.dx + imageAt, zeroed, end, bytes);
    for (let j = 0; j < task.outWidth; j++, window += pixel) {
      const left = j * task.strideWidth - task.left;
      const column = max(0, left);
      const columns = min(task.width, left + task.sizeWidth) - column;
      const corner = imageAt + <usize>(row * task.width + column) * pixel;
      let at: usize = 0;
      if (toMax) {
        for (; at + 32 <= bytes; at += 32) giveToFirstEight(task, window + at, corner + at, end - row, columns);
        for (; at + 16 <= bytes; at += 16) giveToFirst(task, window + at, corner + at, end - row, columns, true);
        for (; at < bytes; at += 4) giveToFirst(task, window + at, corner + at, end - row, columns, false);
      } else {
        const share = shareOfPixel(task, top, left);
        for (; at + 16 <= bytes; at += 16) giveToAll(task, window + at, corner + at, end - row, columns, share, true);
        for (; at < bytes; at += 4) giveToAll(task, window + at, corner + at, end - row, columns, share, false);
      }
    }
  }
  zeroRows(task, task.dx + imageAt, zeroed, task.height, bytes);
}

/** Fills rows up to `end` with zeros, and says from where on there are none yet. */
function zeroRows(task: Windows, dx: usize, from: i32, end: i32, bytes: usize): i32 {
  if (end <= from) return from;
  const pixel = <usize>task.channels << 2;
  const pixels = <usize>((end - from) * task.width);
  dx += <usize>(from * task.width) * pixel;
  if (bytes == pixel) memory.fill(dx, 0, pixels * pixel);
  else for (let p: usize = 0; p < pixels; p++, dx += pixel) memory.fill(dx, 0, bytes);
  return end;
}

// @ts-ignore: decorator
@inline
function giveToFirst(task: Windows, window: usize, corner: usize, rows: i32, columns: i32, four: bool): void {
  const pixel = <usize>task.channels << 2;
  const line = <usize>task.width * pixel;
  const most = loadLanes(task.y + window, four);
  let slope = loadLanes(task.dy + window, four);
  for (let r = 0; r < rows; r++, corner += line) {
    let at = corner;
    for (let q = 0; q < columns; q++, at += pixel) {
      const here = f32x4.eq(loadLanes(task.x + at, four), most);
      storeLanes(task.dx + at, f32x4.add(loadLanes(task.dx + at, four), v128.and(slope, here)), four);
      slope = v128.andnot(slope, here);
    }
  }
}

/** The same for eight channels at once. */
// @ts-ignore: decorator
@inline
function giveToFirstEight(task: Windows, window: usize, corner: usize, rows: i32, columns: i32): void {
  const pixel = <usize>task.channels << 2;
  const line = <usize>task.width * pixel;
  const most = v128.load(task.y + window);
  const mostNext = v128.load(task.y + window, 16);
  let slope = v128.load(task.dy + window);
  let slopeNext = v128.load(task.dy + window, 16);
  for (let r = 0; r < rows; r++, corner += line) {
    let x = task.x + corner;
    let dx = task.dx + corner;
    for (let q = 0; q < columns; q++, x += pixel, dx += pixel) {
      const here = f32x4.eq(v128.load(x), most);
      const hereNext = f32x4.eq(v128.load(x, 16), mostNext);
      v128.store(dx, f32x4.add(v128.load(dx), v128.and(slope, here)));
      v128.store(dx, f32x4.add(v128.load(dx, 16), v128.and(slopeNext, hereNext)), 16);
      slope = v128.andnot(slope, here);
      slopeNext = v128.andnot(slopeNext, hereNext);
    }
  }
}

// @ts-ignore: decorator
@inline
function giveToAll(
  task: Windows, window: usize, corner: usize, rows: i32, columns: i32, share: f32, four: bool,
): void {
  const pixel = <usize>task.channels << 2;
  const line = <usize>task.width * pixel;
  const slope = f32x4.mul(loadLanes(task.dy + window, four), f32x4.splat(share));
  for (let r = 0; r < rows; r++, corner += line) {
    let at = task.dx + corner;
    for (let q = 0; q < columns; q++, at += pixel) storeLanes(at, f32x4.add(loadLanes(at, four), slope), four);
  }
}
