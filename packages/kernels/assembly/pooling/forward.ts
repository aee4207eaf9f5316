/** `y = max` or `mean` of each window. An item is a few rows of windows of one image. */
import { loadLanes, storeLanes } from '../simd/lanes';
import { job } from '../threads/job';
import { shareOfPixel, Windows } from './windows';

/** Elements of the image that an item looks at, about. */
const itemElements = 1 << 17;

export function forwardItems(task: Windows): i32 {
  const rowElements = <f64>task.outWidth * task.channels * task.sizeHeight * task.sizeWidth;
  task.itemRows = max(1, min(task.outHeight, <i32>(itemElements / max(1, rowElements))));
  return task.batch * itemsAnImage(task);
}

// @ts-ignore: decorator
@inline
function itemsAnImage(task: Windows): i32 {
  return (task.outHeight + task.itemRows - 1) / task.itemRows;
}

export function maxPoolRows(item: i32): void {
  poolRows(item, true);
}

export function avgPoolRows(item: i32): void {
  poolRows(item, false);
}

// @ts-ignore: decorator
@inline
function poolRows(item: i32, takesMax: bool): void {
  const task = job<Windows>();
  const image = item / itemsAnImage(task);
  const first = (item % itemsAnImage(task)) * task.itemRows;
  const end = min(task.outHeight, first + task.itemRows);
  const pixelBytes = <usize>task.channels << 2;
  let y = task.y + <usize>((image * task.outHeight + first) * task.outWidth) * pixelBytes;
  for (let i = first; i < end; i++) {
    const top = i * task.strideHeight - task.top;
    const row = max(0, top);
    const rows = min(task.height, top + task.sizeHeight) - row;
    for (let j = 0; j < task.outWidth; j++, y += pixelBytes) {
      const left = j * task.strideWidth - task.left;
      const column = max(0, left);
      const columns = min(task.width, left + task.sizeWidth) - column;
      const corner = task.x + <usize>((image * task.height + row) * task.width + column) * pixelBytes;
      const share: f32 = takesMax ? 1 : shareOfPixel(task, top, left);
      let at: usize = 0;
      for (; at + 64 <= pixelBytes; at += 64) poolSixteen(corner + at, y + at, task, rows, columns, share, takesMax);
      for (; at + 16 <= pixelBytes; at += 16) poolLanes(corner + at, y + at, task, rows, columns, share, takesMax, true);
      for (; at < pixelBytes; at += 4) poolLanes(corner + at, y + at, task, rows, columns, share, takesMax, false);
    }
  }
}

// @ts-ignore: decorator
@inline
function joined(a: v128, b: v128, takesMax: bool): v128 {
  // `a < b ? b : a`: NaN never wins, as with tfjs's cpu.
  return takesMax ? f32x4.pmax(a, b) : f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
function start(takesMax: bool): v128 {
  return takesMax ? f32x4.splat(-f32.POSITIVE_INFINITY) : f32x4.splat(0);
}

// @ts-ignore: decorator
@inline
function poolSixteen(corner: usize, y: usize, task: Windows, rows: i32, columns: i32, share: f32, takesMax: bool): void {
  const pixelBytes = <usize>task.channels << 2;
  const lineBytes = <usize>task.width * pixelBytes;
  let a = start(takesMax);
  let b = a;
  let c = a;
  let d = a;
  for (let r = 0; r < rows; r++, corner += lineBytes) {
    let from = corner;
    for (let q = 0; q < columns; q++, from += pixelBytes) {
      a = joined(a, v128.load(from), takesMax);
      b = joined(b, v128.load(from, 16), takesMax);
      c = joined(c, v128.load(from, 32), takesMax);
      d = joined(d, v128.load(from, 48), takesMax);
    }
  }
  const scale = f32x4.splat(share);
  v128.store(y, takesMax ? a : f32x4.mul(a, scale));
  v128.store(y, takesMax ? b : f32x4.mul(b, scale), 16);
  v128.store(y, takesMax ? c : f32x4.mul(c, scale), 32);
  v128.store(y, takesMax ? d : f32x4.mul(d, scale), 48);
}

// @ts-ignore: decorator
@inline
function poolLanes(
  corner: usize, y: usize, task: Windows, rows: i32, columns: i32, share: f32, takesMax: bool, four: bool,
): void {
  const pixelBytes = <usize>task.channels << 2;
  const lineBytes = <usize>task.width * pixelBytes;
  let a = start(takesMax);
  for (let r = 0; r < rows; r++, corner += lineBytes) {
    let from = corner;
    for (let q = 0; q < columns; q++, from += pixelBytes) a = joined(a, loadLanes(from, four), takesMax);
  }
  storeLanes(y, takesMax ? a : f32x4.mul(a, f32x4.splat(share)), four);
}
