/**
 * Panels of A whose rows are the windows of a convolution, made straight from the image: the unfolded image is never in memory.
 *
 * A window's elements come in segments that lie side by side in the image: the channels of one tap or, where the channels are few,
 * all taps of a filter's row. `segment` is their length.
 */
import { blockDepth, rowStep, tileRows } from '../blocking';
import { linesAt, rowsAt, windowsAt, zerosAt } from '../own-scratch';
import { Product } from '../product';
import { copyStep, interleaveRows } from './interleave';

/** The row of a window that is not there: below every image. */
const nowhere = 1 << 29;

/** Elements of a segment from which taps are taken one by one: below, there would be more addresses than elements. */
const fewChannels = 16;

/** Chooses the segments of an image. All taps of a row lie side by side if all channels belong to the window and no tap is left out. */
export function chooseSegment(task: Product): void {
  const wide = task.channels < fewChannels && task.dilationWidth == 1 && task.pixelBytes == <usize>task.channels << 2;
  task.segment = wide ? task.channels * task.filterWidth : task.channels;
}

/** Rows `row ..` are windows; the depth runs over their taps and channels, `first .. first + length`. */
export function packImage(task: Product, own: usize, group: i32, row: i32, first: i32, length: i32, to: usize): void {
  findWindows(task, own, group, row);
  const wide = task.segment != task.channels;
  const end = first + length;
  for (let k = first; k < end; ) {
    const segment = k / task.segment;
    const offset = k % task.segment;
    const run = min(task.segment - offset, end - k);
    if (wide) findLines(task, own, segment, offset, run);
    else findTaps(task, own, segment / task.filterWidth, segment % task.filterWidth, offset);
    to = interleaveRows(to, own + rowsAt, run);
    k += run;
  }
}

@unmanaged
class Window {
  image: usize;
  row: i32;
  column: i32;
}

function findWindows(task: Product, own: usize, group: i32, first: i32): void {
  const plane = task.outHeight * task.outWidth;
  const imageBytes = <usize>(task.height * task.width) * task.pixelBytes;
  let image = task.a + <usize>group * task.aGroup + <usize>(first / plane) * imageBytes;
  let row = (first % plane) / task.outWidth;
  let column = first % task.outWidth;
  for (let r = 0; r < tileRows; r++) {
    const window = changetype<Window>(own + windowsAt + <usize>r * offsetof<Window>());
    window.image = image;
    window.row = first + r < task.rows ? row * task.strideHeight - task.top : nowhere;
    window.column = column * task.strideWidth - task.left;
    if (++column == task.outWidth) {
      column = 0;
      if (++row == task.outHeight) {
        row = 0;
        image += imageBytes;
      }
    }
  }
}

/** Where each window finds the channels of one tap, from `offset`: in the image, or outside of it among zeros. */
function findTaps(task: Product, own: usize, tapRow: i32, tapColumn: i32, offset: i32): void {
  const down = tapRow * task.dilationHeight;
  const right = tapColumn * task.dilationWidth;
  for (let r = 0; r < tileRows; r++) {
    const window = changetype<Window>(own + windowsAt + <usize>r * offsetof<Window>());
    const row = window.row + down;
    const column = window.column + right;
    const inside = <u32>row < <u32>task.height && <u32>column < <u32>task.width;
    const pixel = window.image + <usize>(row * task.width + column) * task.pixelBytes + (<usize>offset << 2);
    store<usize>(own + rowsAt + (r << 2), inside ? pixel : own + zerosAt);
  }
}

/** The same for a filter's row: what lies half outside is written out. */
function findLines(task: Product, own: usize, tapRow: i32, offset: i32, length: i32): void {
  const down = tapRow * task.dilationHeight;
  for (let r = 0; r < tileRows; r++) {
    const window = changetype<Window>(own + windowsAt + <usize>r * offsetof<Window>());
    const row = window.row + down;
    const place = own + rowsAt + (r << 2);
    // Elements of the segment that lie in the image.
    const from = max(offset, -window.column * task.channels);
    const end = min(offset + length, (task.width - window.column) * task.channels);
    if (<u32>row >= <u32>task.height || from >= end) {
      store<usize>(place, own + zerosAt);
      continue;
    }
    const start = window.image + <usize>(row * task.width + window.column) * task.pixelBytes;
    if (from == offset && end == offset + length) {
      store<usize>(place, start + (<usize>offset << 2));
      continue;
    }
    const line = own + linesAt + ((r * blockDepth) << 2);
    for (let k = 0; k < length; k++) {
      const inside = offset + k >= from && offset + k < end;
      store<f32>(line + (<usize>k << 2), inside ? load<f32>(start + (<usize>(offset + k) << 2)) : 0);
    }
    store<usize>(place, line);
  }
}

/** Rows `row ..` are taps and channels; the depth runs over windows, `first .. first + length`. */
export function packImageTransposed(task: Product, group: i32, row: i32, first: i32, length: i32, to: usize): void {
  const count = min(tileRows, task.rows - row);
  if (count < tileRows) memory.fill(to, 0, <usize>length * rowStep);
  for (let r = 0; r < count; ) {
    const offset = (row + r) % task.segment;
    const width = min(count - r, task.segment - offset);
    packPart(task, group, (row + r) / task.segment, offset, width, first, length, to + (r << 2));
    r += width;
  }
}

/** `width` elements of one segment, seen from one window after the other, into columns of a panel. */
function packPart(
  task: Product, group: i32, segment: i32, offset: i32, width: i32, first: i32, length: i32, to: usize,
): void {
  const wide = task.segment != task.channels;
  const tapRow = wide ? segment : segment / task.filterWidth;
  const firstTap = wide ? offset / task.channels : segment % task.filterWidth;
  const lastTap = wide ? (offset + width - 1) / task.channels : firstTap;
  const step = task.strideWidth;
  // Windows of a row that see all these taps inside of the image.
  const begin = max(0, (task.left - firstTap * task.dilationWidth + step - 1) / step);
  const reach = task.width - 1 + task.left - lastTap * task.dilationWidth;
  const end = reach < 0 ? 0 : reach / step + 1;
  const plane = task.outHeight * task.outWidth;
  const imageBytes = <usize>(task.height * task.width) * task.pixelBytes;
  const inSegment = wide ? <usize>offset << 2 : <usize>(firstTap * task.dilationWidth) * task.pixelBytes + (<usize>offset << 2);
  let image = task.a + <usize>group * task.aGroup + <usize>(first / plane) * imageBytes;
  let outRow = (first % plane) / task.outWidth;
  let column = first % task.outWidth;
  for (let left = length; left > 0; ) {
    const run = min(task.outWidth - column, left);
    const stop = column + run;
    const row = outRow * task.strideHeight - task.top + tapRow * task.dilationHeight;
    if (<u32>row >= <u32>task.height) {
      for (; column < stop; column++, to += rowStep) fillZeros(to, width);
    } else {
      const line = image + <usize>(row * task.width - task.left) * task.pixelBytes + inSegment;
      for (const edge = min(stop, begin); column < edge; column++, to += rowStep)
        copyInside(task, to, line, column, offset, width, firstTap, wide);
      const inside = min(stop, end);
      if (column < inside) {
        copyAll(to, line + <usize>(column * step) * task.pixelBytes, <usize>step * task.pixelBytes, inside - column, width);
        to += <usize>(inside - column) * rowStep;
        column = inside;
      }
      for (; column < stop; column++, to += rowStep)
        copyInside(task, to, line, column, offset, width, firstTap, wide);
    }
    left -= run;
    column = 0;
    if (++outRow == task.outHeight) {
      outRow = 0;
      image += imageBytes;
    }
  }
}

function fillZeros(to: usize, width: i32): void {
  for (let i = 0; i < width; i++) store<f32>(to + (i << 2), 0);
}

function copyAll(to: usize, from: usize, stride: usize, count: i32, width: i32): void {
  if (width == tileRows) {
    for (let i = 0; i < count; i++, to += rowStep, from += stride) copyStep(to, from);
    return;
  }
  for (let i = 0; i < count; i++, to += rowStep, from += stride)
    for (let j = 0; j < width; j++) store<f32>(to + (j << 2), load<f32>(from + (j << 2)));
}

/** A window at the edge: element by element, what is outside is zero. */
function copyInside(
  task: Product, to: usize, line: usize, column: i32, offset: i32, width: i32, firstTap: i32, wide: bool,
): void {
  const start = column * task.strideWidth;
  const from = line + <usize>start * task.pixelBytes;
  for (let i = 0; i < width; i++) {
    const tap = wide ? (offset + i) / task.channels : firstTap;
    const inside = <u32>(start - task.left + tap * task.dilationWidth) < <u32>task.width;
    store<f32>(to + (i << 2), inside ? load<f32>(from + (i << 2)) : 0);
  }
}
