/** Where the panels of an operand come from. */
export namespace Source {
  export const matrix = 0;
  export const transposed = 1;
  /** A: windows of an image, a row each. */
  export const image = 2;
  /** A: windows of an image, a column each. */
  export const imageTransposed = 3;
  /** B: a filter turned by half a turn, its channels exchanged. */
  export const turnedFilter = 4;
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
  /** Cuts off what is negative, at the end. */
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
  pixel: usize;
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
  line: usize;
  image: usize;

  // The turned filter, see pack-filter.ts.
  filterChannels: i32;
  firstTapRow: i32;
  firstTapColumn: i32;
  tapRowStep: i32;
  tapColumnStep: i32;
  wholeFilterWidth: i32;

  // Rows of C that do not lie one after another, see scatter.ts. 0: they do.
  scattered: i32;
  toHeight: i32;
  toWidth: i32;
  toTop: i32;
  toLeft: i32;
  toStepHeight: i32;
  toStepWidth: i32;
}
