/** A floating-point number as Python's `repr` writes it: `0.75`, `1.0`, `5e-05`. */
export function pythonFloat(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** A whole number with Python's `:,`: `61,100,840`. */
export const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** A number with Python's `:.2f`, which rounds a tie to the even neighbour where `toFixed` rounds up. */
export function twoDecimals(value: number): string {
  const hundredfold = Math.floor(value * 100);
  // Only a multiple of 1/8 can lie in the middle of two hundredths: every other double misses it by a little.
  const isTie = Number.isInteger(value * 8) && value * 100 - hundredfold === 0.5;
  return (isTie && hundredfold % 2 === 0 ? hundredfold / 100 : value).toFixed(2);
}
