import { parseDictionary, parseNumber } from '@zoo/core';
import { type ClassWeights, classWeightBounds } from '@zoo/trainers';
import { InvalidArgumentError } from 'commander';

const form = 'Expected balanced, or a weight above 0 by class: cat=2,dog=1, or {"cat":2,"dog":1}.';

const weight = parseNumber(...classWeightBounds);

function byClass(text: string): Record<string, unknown> {
  if (text.trimStart().startsWith('{')) return parseDictionary<unknown>((value) => value)(JSON.parse(text), 'classes');
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const index = pair.lastIndexOf('=');
      const weight = pair.slice(index + 1).trim();
      return [pair.slice(0, Math.max(0, index)).trim(), weight === '' ? Number.NaN : Number(weight)];
    }),
  );
}

/**
 * Reads `--class-weights`: `balanced`, `cat=2,dog=1`, or JSON. Classes that are not named count 1.
 *
 * @throws InvalidArgumentError for anything else, with the form that is expected.
 */
export function classWeightsOption(text: string): ClassWeights {
  if (text === 'balanced') return text;
  try {
    const weights = parseDictionary(weight)(byClass(text), 'classes');
    if (Object.keys(weights).length > 0 && !Object.hasOwn(weights, '')) return weights;
  } catch {
    // Said below, in the words of the option.
  }
  throw new InvalidArgumentError(form);
}
