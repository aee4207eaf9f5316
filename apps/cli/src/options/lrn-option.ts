import type { LrnOptions } from '@zoo/spec';
import { InvalidArgumentError } from 'commander';

const conventions = ['caffe', 'pytorch', 'tensorflow'] as const;
const form = 'Expected SIZE,ALPHA,BETA,K such as 5,1e-4,0.75,2, with caffe, pytorch or tensorflow after it, or none.';

const numberAt = (texts: readonly string[], place: number): number => {
  const text = texts[place]?.trim() ?? '';
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError(form);
};

/**
 * Reads `--lrn`: `5,1e-4,0.75,2`, with a convention for alpha after it where it is not the preset's, or `none`.
 *
 * @throws InvalidArgumentError for anything else, with the form that is expected.
 */
export function lrnOption(text: string): false | LrnOptions {
  if (text === 'none') return false;
  const parts = text.split(',');
  const [size, alpha, beta, k] = [0, 1, 2, 3].map((place) => numberAt(parts, place));
  if (size === undefined || alpha === undefined || beta === undefined || k === undefined || parts.length > 5)
    throw new InvalidArgumentError(form);
  if (!Number.isInteger(size) || size % 2 === 0)
    throw new InvalidArgumentError(`Expected an odd whole number for SIZE, not ${size}.`);
  if (parts.length === 4) return { size, alpha, beta, k };
  const convention = conventions.find((one) => one === parts[4]?.trim());
  if (convention === undefined) throw new InvalidArgumentError(form);
  return { size, alpha, beta, k, convention };
}
