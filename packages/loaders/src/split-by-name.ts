import { random } from '@zoo/core';

/** A number holds 53 bits without rounding, so six bytes. */
const bytesPerNumber = 6;

/** A number in [0, 1) that depends on a name and a seed, the same on every machine. */
export function numberOfName(name: string, seed: number): number {
  const bytes = new TextEncoder().encode(name.normalize('NFC'));
  const stream: number[] = [];
  for (let start = 0; start < bytes.length; start += bytesPerNumber)
    stream.push(bytes.subarray(start, start + bytesPerNumber).reduce((sum, byte) => sum * 256 + byte, 0));
  // The length tells names apart that end in zero bytes.
  return random(seed, bytes.length, ...stream).uniform();
}

/**
 * Which of a class's examples, identified by their names, belong to the first part: those whose number is below `fraction`. That depends
 * on no other example, so that one that comes later moves none. Only where one part would get nothing, the example nearest to it
 * goes there: no rule that sees the present names alone can both do that and never move one.
 *
 * @returns For each name, whether it is of the first part.
 */
export function inFirstPartByName(names: readonly string[], fraction: number, seed: number): boolean[] {
  const numbers = names.map((name) => numberOfName(name, seed));
  const isFirst = numbers.map((number) => number < fraction);
  const smallest = numbers.indexOf(numbers.reduce((a, b) => Math.min(a, b), 1));
  const largest = numbers.indexOf(numbers.reduce((a, b) => Math.max(a, b), 0));
  if (!isFirst.includes(true)) isFirst[smallest] = true;
  if (!isFirst.includes(false)) isFirst[largest] = false;
  return isFirst;
}
