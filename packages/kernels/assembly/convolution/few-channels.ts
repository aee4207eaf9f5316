/**
 * Convolutions of images of few channels by large filters, which are the first of a network. What a window sees of a line lies side by
 * side in the image, and tiles read it there (gemm/row-tile.ts): nothing is packed but B. Where there is padding, the images are copied
 * with it around them.
 *
 *     a line of the image    r g b r g b r g b r g b r g b ...
 *     window 0, its line     |------ segment ------|                    segment = filterWidth x channels
 *     window 1                           |------ segment ------|        strideWidth x pixelBytes further on
 *
 * Windows overlap, so packing them would copy each pixel filterHeight x filterWidth / stride^2 times. It costs too much where a tap has
 * channels enough to fill vectors: then the addresses of rows are more work than packing.
 */
import { columnStep, tileColumns } from '../gemm/blocking';
import { copyColumns } from '../gemm/pack/interleave';
import { Product, Source } from '../gemm/product';
import { ceilDiv } from '../threads/ceil-div';
import { job, threadCount } from '../threads/job';

/** Bytes of images and of gradients that are copied at once. */
const maxCopied = 1 << 21;
/** Lines of an image that an item copies. */
const itemLines = 16;
/** Rows of a panel of B that an item packs. */
const itemRows = 1 << 10;
/** Bytes of a thread's own: a tile that hangs over an edge, and where the rows of a tile are. */
export const rowsAt: usize = 256;
export const ownBytes: usize = 320;

// @ts-ignore: decorator
@inline
export function plane(task: Product): i32 {
  return task.outHeight * task.outWidth;
}

// @ts-ignore: decorator
@inline
export function isGradient(task: Product): bool {
  return task.aSource == Source.imageTransposed;
}

export function images(task: Product): i32 {
  return (isGradient(task) ? task.depth : task.rows) / plane(task);
}

/** Lines that windows see of an image and its padding. */
function seenLines(task: Product): i32 {
  return (task.outHeight - 1) * task.strideHeight + (task.filterHeight - 1) * task.dilationHeight + 1;
}

/** Pixels that windows see of a line and its padding. */
function seenPixels(task: Product): i32 {
  return (task.outWidth - 1) * task.strideWidth + task.filterWidth;
}

/** Rows of B for so many images: the filter's or, for its gradient, gradients. */
// @ts-ignore: decorator
@inline
export function panelRows(task: Product, count: i32): i32 {
  return isGradient(task) ? count * plane(task) : task.depth;
}

/** Columns of B in whole panels. */
export function wholeColumns(task: Product): i32 {
  return ceilDiv(task.columns, tileColumns) * tileColumns;
}

/** Fills in the plan. Answers with the bytes of scratch that `fewChannels` needs. */
export function planImages(task: Product): usize {
  const inside = task.top == 0 && task.left == 0 && task.height >= seenLines(task) && task.width >= seenPixels(task);
  task.copied = inside ? 0 : seenLines(task);
  task.lineBytes = <usize>(inside ? task.width : seenPixels(task)) * task.pixelBytes;
  task.imageBytes = task.lineBytes * <usize>(inside ? task.height : seenLines(task));
  const columns = wholeColumns(task);
  const imageBytes: usize = inside ? 0 : task.imageBytes;
  const gradientBytes: usize = isGradient(task) ? <usize>(plane(task) * columns) << 2 : 0;
  const fitting = imageBytes + gradientBytes ? <i32>(maxCopied / (imageBytes + gradientBytes)) : images(task);
  task.chunk = max(1, min(images(task), fitting));
  const bBytes = <usize>(panelRows(task, task.chunk) * columns) << 2;
  return ownBytes * threadCount() + (<usize>columns << 2) + bBytes + <usize>task.chunk * imageBytes;
}

export function lineItems(task: Product): i32 {
  return task.length * ceilDiv(task.copied, itemLines);
}

export function panelItems(task: Product): i32 {
  return ceilDiv(task.columns, tileColumns) * ceilDiv(panelRows(task, task.length), itemRows);
}

/** First phase: lines of the images come first, then panels of B. */
export function copyFewChannels(item: i32): void {
  const task = job<Product>();
  const lines = lineItems(task);
  if (item < lines) copyLines(task, item);
  else packPart(task, item - lines);
}

function copyLines(task: Product, item: i32): void {
  const items = ceilDiv(task.copied, itemLines);
  const image = item / items;
  const first = (item % items) * itemLines;
  const end = min(task.copied, first + itemLines);
  const before = <usize>task.left * task.pixelBytes;
  const inside = min(<usize>task.width * task.pixelBytes, task.lineBytes > before ? task.lineBytes - before : 0);
  const from = task.a + <usize>((task.first + image) * task.height) * task.width * task.pixelBytes;
  let to = task.packedA + <usize>image * task.imageBytes + <usize>first * task.lineBytes;
  for (let line = first; line < end; line++, to += task.lineBytes) {
    const row = line - task.top;
    if (<u32>row >= <u32>task.height || inside == 0) {
      memory.fill(to, 0, task.lineBytes);
      continue;
    }
    memory.fill(to, 0, before);
    memory.copy(to + before, from + <usize>(row * task.width) * task.pixelBytes, inside);
    memory.fill(to + before + inside, 0, task.lineBytes - before - inside);
  }
}

function packPart(task: Product, item: i32): void {
  const rows = panelRows(task, task.length);
  const items = ceilDiv(rows, itemRows);
  const panel = item / items;
  const first = (item % items) * itemRows;
  const column = panel * tileColumns;
  const row = isGradient(task) ? task.first * plane(task) + first : first;
  const from = task.b + <usize>row * task.bStride + (<usize>column << 2);
  const to = task.packedB + <usize>(panel * rows + first) * columnStep;
  copyColumns(to, from, task.bStride, min(itemRows, rows - first), min(tileColumns, task.columns - column));
}
