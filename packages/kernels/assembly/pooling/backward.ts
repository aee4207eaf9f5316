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
const minChannels = 16;

export function backwardItems(task: Windows): i32 {
  const perImage = task.batch > 0 ? (enough + task.batch - 1) / task.batch : 1;
  const channels = (task.channels + perImage - 1) / perImage;
  task.itemChannels = (channels + minChannels - 1) / minChannels * minChannels;
  return task.batch * itemsAnImage(task);
}

// @ts-ignore: decorator
@inline
function itemsAnImage(task: Windows): i32 {
  return (task.channels + task.itemChannels - 1) / task.itemChannels;
}

export function maxPoolGradPart(item: i32): void {
  spreadGradients(item, true);
}

export function avgPoolGradPart(item: i32): void {
  spreadGradients(item, false);
}

// @ts-ignore: decorator
@inline
function spreadGradients(item: i32, toMax: bool): void {
  const task = job<Windows>();
  const pixelBytes = <usize>task.channels << 2;
  const image = item / itemsAnImage(task);
  const firstChannel = (item % itemsAnImage(task)) * task.itemChannels;
  const first = <usize>firstChannel << 2;
  const bytes = <usize>min(task.itemChannels, task.channels - firstChannel) << 2;
  const imageAt = <usize>(image * task.height * task.width) * pixelBytes + first;
  let window = <usize>(image * task.outHeight * task.outWidth) * pixelBytes + first;
  let zeroed = 0;
  for (let i = 0; i < task.outHeight; i++) {
    const top = i * task.strideHeight - task.top;
    const row = max(0, top);
    const end = min(task.height, top + task.sizeHeight);
    // Just before they are added to, so that they are still in the cache then.
    zeroed = zeroRows(task, task.dx + imageAt, zeroed, end, bytes);
    for (let j = 0; j < task.outWidth; j++, window += pixelBytes) {
      const left = j * task.strideWidth - task.left;
      const column = max(0, left);
      const columns = min(task.width, left + task.sizeWidth) - column;
      const corner = imageAt + <usize>(row * task.width + column) * pixelBytes;
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
  const pixelBytes = <usize>task.channels << 2;
  const pixels = <usize>((end - from) * task.width);
  dx += <usize>(from * task.width) * pixelBytes;
  if (bytes == pixelBytes) memory.fill(dx, 0, pixels * pixelBytes);
  else for (let p: usize = 0; p < pixels; p++, dx += pixelBytes) memory.fill(dx, 0, bytes);
  return end;
}

// @ts-ignore: decorator
@inline
function giveToFirst(task: Windows, window: usize, corner: usize, rows: i32, columns: i32, four: bool): void {
  const pixelBytes = <usize>task.channels << 2;
  const lineBytes = <usize>task.width * pixelBytes;
  const maximum = loadLanes(task.y + window, four);
  let gradient = loadLanes(task.dy + window, four);
  for (let r = 0; r < rows; r++, corner += lineBytes) {
    let at = corner;
    for (let q = 0; q < columns; q++, at += pixelBytes) {
      const here = f32x4.eq(loadLanes(task.x + at, four), maximum);
      storeLanes(task.dx + at, f32x4.add(loadLanes(task.dx + at, four), v128.and(gradient, here)), four);
      gradient = v128.andnot(gradient, here);
    }
  }
}

/** The same for eight channels at once. */
// @ts-ignore: decorator
@inline
function giveToFirstEight(task: Windows, window: usize, corner: usize, rows: i32, columns: i32): void {
  const pixelBytes = <usize>task.channels << 2;
  const lineBytes = <usize>task.width * pixelBytes;
  const maximum = v128.load(task.y + window);
  const maximumNext = v128.load(task.y + window, 16);
  let gradient = v128.load(task.dy + window);
  let gradientNext = v128.load(task.dy + window, 16);
  for (let r = 0; r < rows; r++, corner += lineBytes) {
    let x = task.x + corner;
    let dx = task.dx + corner;
    for (let q = 0; q < columns; q++, x += pixelBytes, dx += pixelBytes) {
      const here = f32x4.eq(v128.load(x), maximum);
      const hereNext = f32x4.eq(v128.load(x, 16), maximumNext);
      v128.store(dx, f32x4.add(v128.load(dx), v128.and(gradient, here)));
      v128.store(dx, f32x4.add(v128.load(dx, 16), v128.and(gradientNext, hereNext)), 16);
      gradient = v128.andnot(gradient, here);
      gradientNext = v128.andnot(gradientNext, hereNext);
    }
  }
}

// @ts-ignore: decorator
@inline
function giveToAll(
  task: Windows, window: usize, corner: usize, rows: i32, columns: i32, share: f32, four: bool,
): void {
  const pixelBytes = <usize>task.channels << 2;
  const lineBytes = <usize>task.width * pixelBytes;
  const gradient = f32x4.mul(loadLanes(task.dy + window, four), f32x4.splat(share));
  for (let r = 0; r < rows; r++, corner += lineBytes) {
    let at = task.dx + corner;
    for (let q = 0; q < columns; q++, at += pixelBytes) storeLanes(at, f32x4.add(loadLanes(at, four), gradient), four);
  }
}
