import { InvalidArgumentError } from 'commander';

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** Reads an option as a whole number of at least `least`. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = numberOf(text);
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    const range = most < Number.MAX_SAFE_INTEGER || value > most ? `from ${least} to ${most}` : `of at least ${least}`;
    throw new InvalidArgumentError(`Expected a whole number ${range}.`);
  };

/** Reads an option as sizes with commas between them: `1,8,32`. */
export const sizes = (text: string): number[] => text.split(',').map((one) => size(one));

/** Reads an option as a size, as large as a spec or a recipe may be when it is read again. */
export const size = wholeNumber(1, 65_536);

/** Limit of rates and factors, as in the parser of a run's record. */
const maxNumber = 1e9;

/** Reads an option as a number above 0. */
export function positiveNumber(text: string): number {
  const value = numberOf(text);
  if (value > 0 && value <= maxNumber) return value;
  throw new InvalidArgumentError('Expected a number above 0, and at most 1e9.');
}

/** Reads an option as a number of at least 0, and below 1 where it is a share. */
export const numberFromZero =
  (below = Number.POSITIVE_INFINITY) =>
  (text: string): number => {
    const value = numberOf(text);
    if (value >= 0 && value < below && value <= maxNumber) return value;
    const range = Number.isFinite(below) ? `of at least 0 and below ${below}` : 'from 0 to 1e9';
    throw new InvalidArgumentError(`Expected a number ${range}.`);
  };
