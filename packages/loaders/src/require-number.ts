import { ZooError } from '@zoo/core';

/** @throws ZooError `usage` unless `value` is a number from `least` to `most`. */
export function requireNumber(
  where: string,
  what: string,
  value: number,
  least: number,
  most = Number.MAX_VALUE,
): void {
  if (typeof value === 'number' && value >= least && value <= most) return;
  const expected = most === Number.MAX_VALUE ? `a number of at least ${least}` : `a number from ${least} to ${most}`;
  throw new ZooError('usage', `${where}: ${what} is ${value}, expected ${expected}.`);
}

/** @throws ZooError `usage` unless `range` is two numbers from `least` to `most`, the smaller first. */
export function requireRange(
  where: string,
  what: string,
  [from, to]: readonly [number, number],
  least: number,
  most = Number.MAX_VALUE,
): void {
  requireNumber(where, `the lower ${what}`, from, least, most);
  requireNumber(where, `the upper ${what}`, to, from, most);
}
