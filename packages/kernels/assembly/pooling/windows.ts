/** What the windows of a pool are. What lies outside of the image is padding. */

@unmanaged
export class Windows {
  /** `[batch, height, width, channels]`. */
  x: usize;
  /** `[batch, outHeight, outWidth, channels]`. */
  y: usize;
  /** Like `y`. */
  dy: usize;
  /** Like `x`. */
  dx: usize;
  batch: i32;
  height: i32;
  width: i32;
  channels: i32;
  outHeight: i32;
  outWidth: i32;
  /** Of a window. */
  sizeHeight: i32;
  sizeWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  /** Rows and columns of padding that the first windows begin with. */
  top: i32;
  left: i32;
  /** How the work is divided, see forward.ts and backward.ts. */
  itemRows: i32;
  itemChannels: i32;
}

/** `1 / pixels` of the window that begins there: what reaches beyond the padding, which is as wide behind the image as before it, does not count. */
// @ts-ignore: decorator
@inline
export function shareOfPixel(task: Windows, top: i32, left: i32): f32 {
  const rows = min(task.sizeHeight, task.height + task.top - top);
  const columns = min(task.sizeWidth, task.width + task.left - left);
  return 1 / <f32>(rows * columns);
}
