/**
 * `C = bias + A . B`, group by group. The operands need not be matrices in memory: A may be the windows of an image and B a flipped
 * filter, of which only the panels that a block needs are ever made (pack/).
 *
 *     entries.ts          plan.ts cuts C into blocks and says how much scratch that takes
 *     pack/pack.ts        first phase: panels that all items share
 *     multiply-block.ts   second phase: a block of C, tile by tile; what is not shared is packed here
 *     tile.ts             6 x 8 or 4 x 8 elements of C in registers
 *     finish-rows.ts      what becomes of a block when its sums are complete
 */

/** Where the panels of an operand come from. */
export namespace Source {
  export const matrix = 0;
  export const transposed = 1;
  /** A: windows of an image, a row each. */
  export const image = 2;
  /** A: windows of an image, a column each. */
  export const imageTransposed = 3;
  /** B: a filter rotated by 180 degrees, its channels exchanged. */
  export const flippedFilter = 4;
}

@unmanaged
export class Product {
  aSource: i32;
  bSource: i32;
  a: usize;
  b: usize;
  c: usize;
  /** 0 or `[columns]` for every group. */
  bias: usize;
  /** Bytes from one group's bias to the next. */
  biasGroup: usize;
  /** Applied at the end. */
  relu: i32;
  groups: i32;
  rows: i32;
  columns: i32;
  depth: i32;
  /** Bytes between the rows of a matrix. */
  aStride: usize;
  bStride: usize;
  cStride: usize;
  /** Bytes from one group to the next. */
  aGroup: usize;
  bGroup: usize;
  cGroup: usize;

  // The plan.
  /** Depth that is packed at once. */
  chunk: i32;
  /** The chunk at work, and its length. */
  first: i32;
  length: i32;
  sharesA: i32;
  sharesB: i32;
  blockRows: i32;
  blockColumns: i32;
  rowBlocks: i32;
  columnBlocks: i32;
  /** Panels of A and B, all groups. */
  packedA: usize;
  packedB: usize;
  /** What the rows of C start from, `[groups, columns]`, each group filled up to whole panels. */
  starts: usize;
  /** Scratch of the threads, and its size for one. */
  own: usize;
  ownBytes: usize;

  // The image, and how windows lie in it, see pack-image.ts.
  height: i32;
  width: i32;
  channels: i32;
  /** From one pixel to the next. */
  pixelBytes: usize;
  outHeight: i32;
  outWidth: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  top: i32;
  left: i32;
  segment: i32;

  // Where windows are read from the images, see few-channels.ts.
  /** Lines of an image that are copied, 0 if none is. */
  copied: i32;
  /** Bytes of a line, and of an image. */
  lineBytes: usize;
  imageBytes: usize;

  // The flipped filter, see pack-filter.ts.
  filterChannels: i32;
  firstTapRow: i32;
  firstTapColumn: i32;
  tapRowStep: i32;
  tapColumnStep: i32;
  wholeFilterWidth: i32;

  // Rows of C that do not lie one after another, see finish-rows.ts. 0: they do.
  scattered: i32;
  toHeight: i32;
  toWidth: i32;
  toTop: i32;
  toLeft: i32;
  toStepHeight: i32;
  toStepWidth: i32;
}
