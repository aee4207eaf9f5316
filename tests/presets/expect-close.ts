import { expect } from 'vitest';

/** The goldens' rule: within a share (1e-5 unless told) of the largest number of the tensor. NaN is never close. */
export function expectClose(what: string, actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5) {
  expect(actual.length, what).toBe(expected.length);
  let largest = 0;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i] ?? Number.NaN;
    // Math.max, unlike a comparison, keeps a NaN once it has met one.
    largest = Math.max(largest, Math.abs(wanted));
    worst = Math.max(worst, Math.abs((actual[i] ?? Number.NaN) - wanted));
  }
  expect(worst, `${what}: largest error, beside numbers up to ${largest}`).toBeLessThanOrEqual(
    tolerance * largest + 1e-8,
  );
}
