/** What becomes of a block of C when its sums are complete. */
import { Product } from './product';

/** `max(0, c)`. */
export function applyRelu(c: usize, stride: usize, rows: i32, columns: i32): void {
  const zero = f32x4.splat(0);
  for (let row = 0; row < rows; row++, c += stride) {
    let at = c;
    let j = columns;
    // The larger of the two, and NaN where there is NaN.
    for (; j >= 4; j -= 4, at += 16) v128.store(at, f32x4.max(v128.load(at), zero));
    for (; j > 0; j--, at += 4) store<f32>(at, max<f32>(load<f32>(at), 0));
  }
}

/**
 * Rows that are pixels of every `toStepHeight`-th row and `toStepWidth`-th column of an image,
 * from a block of their own to where they belong.
 */
export function scatterRows(task: Product, from: usize, group: i32, row: i32, count: i32): void {
  const plane = task.outHeight * task.outWidth;
  const bytes = <usize>task.columns << 2;
  let image = row / plane;
  let i = (row % plane) / task.outWidth;
  let j = row % task.outWidth;
  for (let r = 0; r < count; r++, from += bytes) {
    const line = image * task.toHeight + task.toTop + i * task.toStepHeight;
    const pixel = line * task.toWidth + task.toLeft + j * task.toStepWidth;
    memory.copy(task.c + <usize>group * task.cGroup + <usize>pixel * task.cStride, from, bytes);
    if (++j == task.outWidth) {
      j = 0;
      if (++i == task.outHeight) {
        i = 0;
        image++;
      }
    }
  }
}
