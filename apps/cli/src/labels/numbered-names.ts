import { refuseLabels } from './refuse-labels.ts';

/** A class's number, and its name. */
export type NumberedName = readonly [number, string];

/** Whether these are all numbers from 0 or from 1 upwards, in any order. */
export function countsUp(numbers: readonly number[]): boolean {
  const first = Math.min(...[0, 1].filter((one) => numbers.includes(one)));
  const found = new Set(numbers);
  return found.size === numbers.length && numbers.every((_, index) => found.has(first + index));
}

/**
 * Names in the order of their numbers, which begin with 0, or with 1 as in files of TensorFlow's Object Detection.
 *
 * @throws ZooError `data` where one is missing or stands there twice.
 */
export function inOrder(file: string, numbered: readonly NumberedName[]): string[] {
  const names = new Map(numbered);
  if (names.size < numbered.length) {
    const seen = new Set<number>();
    const twice = numbered.find(([number]) => seen.size === seen.add(number).size);
    return refuseLabels(file, `class ${twice?.[0]} has two names`);
  }
  const first = names.has(0) || !names.has(1) ? 0 : 1;
  return Array.from(
    { length: numbered.length },
    (_, index) => names.get(first + index) ?? refuseLabels(file, `class ${first + index} is missing`),
  );
}
