import { isZooError } from '@zoo/core';
import { type Augmentation, augmentationStages, parseAugment } from '@zoo/spec';
import { InvalidArgumentError } from 'commander';
import { refusedOption } from './refused-option.ts';

interface NamedStep {
  kind: Augmentation['kind'];
  /** The fields that the number behind `=` is for. None: it takes no number. */
  fields?: readonly string[];
  /** The number of the name alone, where it is not the usual one. */
  usual?: number;
}

/** Steps by their names on a command line. */
const named: Readonly<Record<string, NamedStep>> = {
  flip: { kind: 'horizontalFlip', fields: ['probability'] },
  // What is usual for pictures of 32.
  crop: { kind: 'randomCrop', fields: ['padding'], usual: 4 },
  'resized-crop': { kind: 'randomResizedCrop' },
  'pca-colour': { kind: 'pcaColour', fields: ['deviation'] },
  'colour-jitter': { kind: 'colourJitter', fields: ['brightness', 'contrast', 'saturation'] },
  randaugment: { kind: 'randAugment', fields: ['magnitude'] },
  erasing: { kind: 'randomErasing', fields: ['probability'] },
  mixup: { kind: 'mixUp', fields: ['alpha'] },
  cutmix: { kind: 'cutMix', fields: ['alpha'] },
};

/** What a step is called in `--augment`. */
export const augmentName = (kind: Augmentation['kind']): string =>
  Object.entries(named).find(([, step]) => step.kind === kind)?.[0] ?? kind;

/** What `--augment` takes, for shells that complete it. */
export const augmentWords: readonly string[] = ['none', ...Object.keys(named)];

const form = `Expected some of ${Object.keys(named).join(', ')}, with commas between and a number behind as in crop=4, or none, or a list as JSON.`;

function stepOf(part: string): Record<string, unknown> {
  const [name = '', number, ...more] = part.trim().replace('color', 'colour').split('=');
  const step = Object.hasOwn(named, name) ? named[name] : undefined;
  const hasNumber = number !== undefined && /^\d+(\.\d+)?$/.test(number);
  if (!step || more.length > 0 || (number !== undefined && !(hasNumber && step.fields)))
    throw new InvalidArgumentError(form);
  const value = hasNumber ? Number(number) : step.usual;
  return {
    kind: step.kind,
    ...(value !== undefined && Object.fromEntries((step.fields ?? []).map((field) => [field, value]))),
  };
}

/** Names are a set, whatever their order; a list as JSON has the order of the library. */
function stepsOf(text: string): unknown {
  if (text === 'none') return [];
  if (/^\s*\[/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      throw new InvalidArgumentError(form);
    }
  }
  const stage = ({ kind }: Record<string, unknown>): number =>
    Object.entries(augmentationStages).find(([one]) => one === kind)?.[1] ?? 0;
  return text
    .split(',')
    .map(stepOf)
    .sort((a, b) => stage(a) - stage(b));
}

/**
 * Reads `--augment`: `flip,crop=4,pca-colour`, `none`, or a recipe's list as JSON. What is not named is not done.
 *
 * @throws InvalidArgumentError for anything else, with the form that is expected.
 */
export function augmentOption(text: string): Augmentation[] {
  const steps = stepsOf(text);
  try {
    return parseAugment(steps, 'augment');
  } catch (error) {
    if (!isZooError(error)) throw error;
    throw refusedOption(error, form);
  }
}
