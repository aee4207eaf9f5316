/**
 * Winograd's short convolutions, along one axis: Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2015).
 *
 * A tap and its neighbours are the coefficients of a polynomial, and so are the elements of a line. Products of polynomials of degree 5
 * are known from their values at six points, so a convolution becomes: evaluate both, multiply value by value, interpolate. Six products
 * give 4 outputs of 3 taps, or 2 outputs of 5, in place of 12 or 10; along both axes 36 do the work of 144, or of 100.
 *
 * The points are 0, ±a, ±b and infinity, with a = sqrt(1/2), b = sqrt(2). The usual ±1 and ±2 lose two to four times as many digits:
 * what matters is how far the powers of the points lie apart, and here their product is 1.
 *
 * Every vector holds the same element of four channels.
 */
import { fma } from '../../simd/fma';

const a: f32 = 0.70710678118654752;
const b: f32 = 1.4142135623730951;
/** What interpolation divides by at ±a and ±b: products of the distances to the other points. */
const aScale: f32 = -2.0 / 3.0;
const bScale: f32 = 1.0 / 6.0;

/** Points, which is also the width of a window: outputs and taps together, less one. */
export const points = 6;

// @ts-ignore: decorator
@inline
function times(x: v128, factor: f32): v128 {
  return f32x4.mul(x, f32x4.splat(factor));
}

/** `x + factor y`. */
// @ts-ignore: decorator
@inline
function plus(x: v128, factor: f32, y: v128): v128 {
  return fma(f32x4.splat(factor), y, x);
}

/** The six elements of a window, so that products with the values of `evaluateLine` interpolate to its convolution. */
// @ts-ignore: decorator
@inline
export function windowLine(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, step: usize): void {
  v128.store(to, f32x4.add(plus(d4, -2.5, d2), d0));
  const evenA = plus(d4, -2, d2), oddA = times(plus(d3, -2, d1), a);
  v128.store(to + step, f32x4.add(evenA, oddA));
  v128.store(to + 2 * step, f32x4.sub(evenA, oddA));
  const evenB = plus(d4, -0.5, d2), oddB = times(plus(d3, -0.5, d1), b);
  v128.store(to + 3 * step, f32x4.add(evenB, oddB));
  v128.store(to + 4 * step, f32x4.sub(evenB, oddB));
  v128.store(to + 5 * step, f32x4.add(plus(d5, -2.5, d3), d1));
}

/**
 * The values of a polynomial of `count` coefficients (2 to 5) at the six points; at infinity it is the last coefficient.
 * One of two factors is `scaled`.
 */
// @ts-ignore: decorator
@inline
export function evaluateLine(count: i32, scaled: bool, from: usize, fromStep: usize, to: usize, step: usize): void {
  const c0 = v128.load(from), c1 = v128.load(from + fromStep);
  let last = c1;
  let evenA = c0, evenB = c0, oddA = times(c1, a), oddB = times(c1, b);
  if (count > 2) {
    last = v128.load(from + 2 * fromStep);
    evenA = plus(evenA, 0.5, last), evenB = plus(evenB, 2, last);
  }
  if (count > 3) {
    last = v128.load(from + 3 * fromStep);
    oddA = plus(oddA, a / 2, last), oddB = plus(oddB, 2 * b, last);
  }
  if (count > 4) {
    last = v128.load(from + 4 * fromStep);
    evenA = plus(evenA, 0.25, last), evenB = plus(evenB, 4, last);
  }
  if (scaled) {
    evenA = times(evenA, aScale), oddA = times(oddA, aScale);
    evenB = times(evenB, bScale), oddB = times(oddB, bScale);
  }
  v128.store(to, c0);
  v128.store(to + step, f32x4.add(evenA, oddA));
  v128.store(to + 2 * step, f32x4.sub(evenA, oddA));
  v128.store(to + 3 * step, f32x4.add(evenB, oddB));
  v128.store(to + 4 * step, f32x4.sub(evenB, oddB));
  v128.store(to + 5 * step, last);
}

/** The transpose of `evaluateLine`: `count` elements from values at the six points. */
// @ts-ignore: decorator
@inline
export function interpolateLine(count: i32, scaled: bool, from: usize, fromStep: usize, to: usize, step: usize): void {
  const m1 = v128.load(from + fromStep), m2 = v128.load(from + 2 * fromStep);
  const m3 = v128.load(from + 3 * fromStep), m4 = v128.load(from + 4 * fromStep);
  const last = v128.load(from + 5 * fromStep);
  let evenA = f32x4.add(m1, m2), oddA = f32x4.sub(m1, m2), evenB = f32x4.add(m3, m4), oddB = f32x4.sub(m3, m4);
  if (scaled) {
    evenA = times(evenA, aScale), oddA = times(oddA, aScale);
    evenB = times(evenB, bScale), oddB = times(oddB, bScale);
  }
  v128.store(to, f32x4.add(v128.load(from), f32x4.add(evenA, evenB)));
  const first = plus(times(oddA, a), b, oddB);
  v128.store(to + step, count == 2 ? f32x4.add(first, last) : first);
  if (count > 2) {
    const second = plus(times(evenA, 0.5), 2, evenB);
    v128.store(to + 2 * step, count == 3 ? f32x4.add(second, last) : second);
  }
  if (count > 3) {
    const third = plus(times(oddA, a / 2), 2 * b, oddB);
    v128.store(to + 3 * step, count == 4 ? f32x4.add(third, last) : third);
  }
  if (count > 4) v128.store(to + 4 * step, f32x4.add(plus(times(evenA, 0.25), 4, evenB), last));
}
