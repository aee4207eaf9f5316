import { type Parse, parseArray, parseInteger, parseNumber, parseObject, parseString, ZooError } from '@zoo/core';
import type { Preprocessing } from './model-spec.ts';
import { parsePreprocessing, parseRecipe } from './parse-spec.ts';
import type { Recipe } from './recipe.ts';

/** What weights were trained with, what they reach, and how to do it again. Lies beside their file as `NAME.json`. */
export interface WeightsCard {
  /** That of the file, without its ending. */
  name: string;
  /** What they are, in one line. */
  title: string;
  /** `alexnet/cifar10-quick`. */
  preset: string;
  file: {
    bytes: number;
    /** In hexadecimal digits. */
    sha256: string;
  };
  licence: string;
  /** What they were trained and tested on. */
  data: {
    /** A data set of `@zoo/loaders`. */
    name: string;
    files: { name: string; sha256: string }[];
    /** In the order of the logits. */
    classes: string[];
    /** Numbers of pictures. */
    training: number;
    test: number;
  };
  /** What the network expects of a picture. */
  preprocessing: Preprocessing;
  /** The recipe by its name, and what it said when they were trained. */
  recipe: { name: string; settings: Recipe };
  seed: number;
  /** How many epochs were trained. */
  epochs: number;
  /** Of this file on all test pictures: one view of each. */
  accuracy: { top1: number; top5: number; loss: number };
  /** The final test of every run of the recipe that was made, this one among them: none was left out. */
  runs: { seed: number; top1: number }[];
  /** Of this run's training, without tests. */
  seconds: number;
  /** What it was trained on: `Intel(R) Xeon(R) Processor, 2 threads; wasm`. */
  machine: string;
  /** Versions of what trained it. */
  versions: { zoo: string; tfjs: string; node: string };
  /** When its training ended, as `2026-11-29`. */
  date: string;
  /** What has to be typed to train it again. */
  command: string;
}

const share = parseNumber(0, 1);
const count = parseInteger(0, Number.MAX_SAFE_INTEGER);
const files = parseArray(parseObject<{ name: string; sha256: string }>({ name: parseString, sha256: parseString }));

const parseFields: Parse<WeightsCard> = parseObject<WeightsCard>({
  name: parseString,
  title: parseString,
  preset: parseString,
  file: parseObject<WeightsCard['file']>({ bytes: count, sha256: parseString }),
  licence: parseString,
  data: parseObject<WeightsCard['data']>({
    name: parseString,
    files,
    classes: parseArray(parseString),
    training: count,
    test: count,
  }),
  preprocessing: parsePreprocessing,
  recipe: parseObject<WeightsCard['recipe']>({ name: parseString, settings: parseRecipe }),
  seed: count,
  epochs: count,
  accuracy: parseObject<WeightsCard['accuracy']>({ top1: share, top5: share, loss: parseNumber(0) }),
  runs: parseArray(parseObject<{ seed: number; top1: number }>({ seed: count, top1: share })),
  seconds: parseNumber(0),
  machine: parseString,
  versions: parseObject<WeightsCard['versions']>({ zoo: parseString, tfjs: parseString, node: parseString }),
  date: parseString,
  command: parseString,
});

/**
 * Reads a card that came from a file.
 *
 * @param place Name of the file, for messages.
 * @throws ZooError `corrupt-file` naming the field.
 */
export const parseWeightsCard: Parse<WeightsCard> = (value, place) => {
  const card = parseFields(value, place);
  if (!/^[0-9a-f]{64}$/.test(card.file.sha256))
    throw new ZooError(
      'corrupt-file',
      `${place}: its file.sha256 is ${JSON.stringify(card.file.sha256)}, expected 64 hexadecimal digits. Write the file again.`,
    );
  if (card.runs.length === 0)
    throw new ZooError('corrupt-file', `${place}: has no runs, expected at least one. Write the file again.`);
  return card;
};

/** Mean, least and most of the accuracy of some runs. */
export function accuracySpread(runs: readonly { top1: number }[]): { mean: number; least: number; most: number } {
  const values = runs.map(({ top1 }) => top1);
  return {
    mean: values.reduce((sum, one) => sum + one, 0) / values.length,
    least: Math.min(...values),
    most: Math.max(...values),
  };
}
