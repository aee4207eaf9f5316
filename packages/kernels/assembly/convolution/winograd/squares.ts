/**
 * The same along both axes: down the columns into a work space, then along its rows. Windows, taps, outputs and gradients are squares;
 * a window is `points x points`, and what belongs to one of its 36 positions lies `step` bytes from the next.
 */
import { evaluateLine, interpolateLine, points, windowLine } from './lines';

export const positions = points * points;
/** Bytes of the work space, and of a row of it. */
export const workBytes: usize = positions * 16;
const lineBytes: usize = points * 16;

/**
 * A window of the image, four channels of it.
 *
 * @param places Addresses of its pixels, row by row. @param offset Bytes from there to the channels.
 */
export function windowTile(addresses: usize, offset: usize, work: usize, to: usize, step: usize): void {
  for (let column = 0; column < points; column++) {
    const pixel = addresses + (<usize>column << 2);
    windowLine(
      v128.load(load<usize>(pixel) + offset), v128.load(load<usize>(pixel, 24) + offset),
      v128.load(load<usize>(pixel, 48) + offset), v128.load(load<usize>(pixel, 72) + offset),
      v128.load(load<usize>(pixel, 96) + offset), v128.load(load<usize>(pixel, 120) + offset),
      work + (<usize>column << 4), lineBytes,
    );
  }
  for (let row = 0; row < points; row++) {
    const line = work + <usize>row * lineBytes;
    windowLine(
      v128.load(line), v128.load(line, 16), v128.load(line, 32), v128.load(line, 48), v128.load(line, 64),
      v128.load(line, 80), to + <usize>(row * points) * step, step,
    );
  }
}

// @ts-ignore: decorator
@inline
function evaluate(
  count: i32, scaled: bool, from: usize, rowStep: usize, columnStep: usize, work: usize, to: usize, step: usize,
): void {
  const workLine = <usize>count << 4;
  for (let column = 0; column < count; column++)
    evaluateLine(count, scaled, from + <usize>column * columnStep, rowStep, work + (<usize>column << 4), workLine);
  for (let row = 0; row < points; row++)
    evaluateLine(count, scaled, work + <usize>row * workLine, 16, to + <usize>(row * points) * step, step);
}

/** Taps of a filter, `count` squared of them: 3 or 5. */
export function filterTile(
  count: i32, from: usize, rowStep: usize, columnStep: usize, work: usize, to: usize, step: usize,
): void {
  if (count == 3) evaluate(3, true, from, rowStep, columnStep, work, to, step);
  else evaluate(5, true, from, rowStep, columnStep, work, to, step);
}

/** Gradients of outputs, `count` squared of them: 4 or 2. */
export function gradientTile(
  count: i32, from: usize, rowStep: usize, columnStep: usize, work: usize, to: usize, step: usize,
): void {
  if (count == 4) evaluate(4, false, from, rowStep, columnStep, work, to, step);
  else evaluate(2, false, from, rowStep, columnStep, work, to, step);
}

// @ts-ignore: decorator
@inline
function interpolate(
  count: i32, scaled: bool, from: usize, step: usize, work: usize, to: usize, rowStep: usize, columnStep: usize,
): void {
  const rowBytes = <usize>points * step;
  for (let column = 0; column < points; column++)
    interpolateLine(count, scaled, from + <usize>column * step, rowBytes, work + (<usize>column << 4), lineBytes);
  for (let row = 0; row < count; row++)
    interpolateLine(count, scaled, work + <usize>row * lineBytes, 16, to + <usize>row * rowStep, columnStep);
}

/** Outputs, `count` squared of them: 4 or 2. */
export function outputTile(
  count: i32, from: usize, step: usize, work: usize, to: usize, rowStep: usize, columnStep: usize,
): void {
  if (count == 4) interpolate(4, false, from, step, work, to, rowStep, columnStep);
  else interpolate(2, false, from, step, work, to, rowStep, columnStep);
}

/** Gradients of taps, `count` squared of them: 3 or 5. */
export function filterGradientTile(
  count: i32, from: usize, step: usize, work: usize, to: usize, rowStep: usize, columnStep: usize,
): void {
  if (count == 3) interpolate(3, true, from, step, work, to, rowStep, columnStep);
  else interpolate(5, true, from, step, work, to, rowStep, columnStep);
}
