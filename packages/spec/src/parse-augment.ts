import {
  type Parse,
  parseArray,
  parseInteger,
  parseKind,
  parseLiteral,
  parseNumber,
  parseObject,
  ZooError,
} from '@zoo/core';
import {
  type Augmentation,
  augmentationProblem,
  type ColourJitter,
  type CutMix,
  type HorizontalFlip,
  type MixUp,
  type PcaColour,
  type RandAugment,
  type RandomCrop,
  type RandomErasing,
  type RandomResizedCrop,
  usualAugmentations,
} from './augmentation.ts';
import { maxSize } from './limits.ts';

/** More than anybody composes; each step is made for every picture. */
const maxSteps = 32;
const maxOperations = 32;
const maxRatio = 1e3;
const share = parseNumber(0, 1);
const factor = parseNumber(0, 1e3);
const alpha = parseNumber(1e-3, 1e3);

/** Two numbers from `min` to `max`, the smaller first. */
const range =
  (min: number, max: number): Parse<[number, number]> =>
  (value, place) => {
    const numbers = parseArray(parseNumber(min, max))(value, place);
    parseLiteral(2)(numbers.length, `${place}.length`);
    const [least = min, most = max] = numbers;
    return [least, parseNumber(least, max)(most, `${place}[1]`)];
  };

const steps: { [Kind in Augmentation['kind']]: Parse<Extract<Augmentation, { kind: Kind }>> } = {
  randomCrop: parseObject<RandomCrop>({ kind: parseLiteral('randomCrop'), padding: parseInteger(0, maxSize) }),
  randomResizedCrop: parseObject<RandomResizedCrop>({
    kind: parseLiteral('randomResizedCrop'),
    scale: range(0, 1),
    ratio: range(1 / maxRatio, maxRatio),
  }),
  horizontalFlip: parseObject<HorizontalFlip>({ kind: parseLiteral('horizontalFlip'), probability: share }),
  pcaColour: parseObject<PcaColour>({ kind: parseLiteral('pcaColour'), deviation: factor }),
  colourJitter: parseObject<ColourJitter>({
    kind: parseLiteral('colourJitter'),
    brightness: factor,
    contrast: factor,
    saturation: factor,
    hue: parseNumber(0, 0.5),
  }),
  randAugment: parseObject<RandAugment>({
    kind: parseLiteral('randAugment'),
    operations: parseInteger(0, maxOperations),
    magnitude: parseInteger(0, 30),
  }),
  randomErasing: parseObject<RandomErasing>({
    kind: parseLiteral('randomErasing'),
    probability: share,
    scale: range(0, 1),
    ratio: range(1 / maxRatio, maxRatio),
  }),
  mixUp: parseObject<MixUp>({ kind: parseLiteral('mixUp'), alpha }),
  cutMix: parseObject<CutMix>({ kind: parseLiteral('cutMix'), alpha }),
};
const step = parseKind<Augmentation>(steps);

/** A step with the usual numbers in place of what it leaves out, behind what it has. */
function completed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return value;
  const usual = Object.entries(usualAugmentations).find(([kind]) => kind === value.kind)?.[1] ?? {};
  const missing = Object.entries(usual).filter(([name]) => !Object.hasOwn(value, name));
  return { ...value, ...Object.fromEntries(missing) };
}

/**
 * Reads the augmentation of a recipe, a list of steps: `[{ "kind": "randomCrop", "padding": 4 }, { "kind": "horizontalFlip" }]`. Numbers that
 * are left out are those of `usualAugmentations`.
 *
 * @throws ZooError `corrupt-file` naming the field, or the step that is out of order.
 */
export const parseAugment: Parse<Augmentation[]> = (value, place) => {
  // Before a million of them are looked at.
  if (Array.isArray(value) && value.length > maxSteps)
    throw new ZooError('corrupt-file', `${place}: has ${value.length} steps, at most ${maxSteps}: leave some out.`);
  const augment = parseArray((one, where) => step(completed(one), where))(value, place);
  const problem = augmentationProblem(augment);
  if (problem !== undefined) throw new ZooError('corrupt-file', `${place}: ${problem}. Change the order of the steps.`);
  return augment;
};
