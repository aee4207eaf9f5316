import { ZooError } from '@zoo/core';
import { inferShapes, type ModelSpec, nodeNamed, type Recipe, recipeNamed } from '@zoo/spec';
import { commandName } from '../command-name.ts';
import { type DataSource, dataHelp, sourceWithParts } from '../data/data-source.ts';
import { requireOutside } from '../data/require-outside.ts';
import { allRecipes, families, presetName, presetNamed } from '../families.ts';
import { configured, type NetworkOptions, networkOptionsOf } from '../options/network-options.ts';
import { recipeWith, withSource } from '../options/recipe-options.ts';
import type { TrainOptions } from '../options/train-options.ts';
import { fileNameOf } from '../pictures/file-label.ts';
import type { RunOptions } from '../run/run-record.ts';
import { requireAugmentSizes } from './require-augment-sizes.ts';

/** What a new run is to do, as far as it is known before its data is there. */
export interface Plan {
  source: DataSource;
  options: RunOptions;
  /** The recipe as its authors have it, without the user's changes. */
  original: Recipe;
  folder: string;
  /** The network for this many classes; channels and width that were found count where the user does not say them. */
  specFor(classes: number, found?: Pick<NetworkOptions, 'inChannels' | 'width'>): ModelSpec;
}

/** `2025-03-01-14-05-09`, in the machine's own time. */
export function stamp(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())];
  return [...day, two(date.getHours()), two(date.getMinutes()), two(date.getSeconds())].join('-');
}

/**
 * The preset that the user names, or the one that the recipe is for, with the recipe that is asked for.
 *
 * @throws ZooError `usage` where neither is named, `unknown-name`.
 */
function networkToTrain(preset: string | undefined, recipe: string | undefined): ModelSpec {
  const found = recipe === undefined || recipe === 'preset' ? undefined : recipeNamed(recipe, families);
  if (preset === undefined) {
    if (found) return found.spec;
    throw new ZooError(
      'usage',
      `train: which network? Name one, as in ${commandName()} train alexnet/cifar10-quick --data cifar10; see ${commandName()} presets.`,
    );
  }
  const spec = presetNamed(preset);
  return found ? { ...spec, recipe: found.recipe } : spec;
}

/** That of the recipe, for the network that it was made for. */
const knownSeed = ({ preset, recipe }: ModelSpec): number | undefined =>
  allRecipes.find((one) => one.recipe === recipe && one.spec.preset === preset)?.seed;

/**
 * Reads a command line as a plan, and finds its mistakes before anything is fetched or written.
 *
 * @throws ZooError `usage`, `unknown-name`, or `spec` for a network whose layers do not fit its input.
 */
export function planRun(preset: string | undefined, options: TrainOptions, now: Date): Plan {
  const original = networkToTrain(preset, options.recipe);
  const source = sourceWithParts(options.data, options);
  if (!source) throw new ZooError('usage', `train: which data? Pass --data: ${dataHelp}.`);
  for (const name of ['key', 'partial'] as const)
    if (options[name] !== undefined && options.weights === undefined)
      throw new ZooError('usage', `--${name}: of which weights? Pass --weights too.`);
  const recipe = recipeWith(original.recipe, options);
  const network = networkOptionsOf(options);
  const specFor: Plan['specFor'] = (classes, found = {}) => {
    const spec = configured({ ...original, recipe }, { ...found, ...network, classes });
    return { ...spec, recipe: withSource(spec.recipe, original.recipe) };
  };
  const spec = specFor(network.classes ?? original.classes);
  inferShapes(spec);
  requireAugmentSizes(options.augment, spec);
  for (const name of options.freeze ?? []) nodeNamed(spec, name);
  const folder = options.out ?? `runs/${original.preset}-${fileNameOf(source.name)}-${stamp(now)}`;
  requireOutside(folder, options.out !== undefined, source);
  return {
    source,
    options: {
      recipe,
      seed: options.seed ?? knownSeed(original) ?? 0,
      ...(network.width !== undefined && { width: network.width }),
      ...(options.limit !== undefined && { limit: options.limit }),
      ...(options.skipDamaged && { skipDamaged: true }),
      ...(options.weights !== undefined && { weights: options.weights }),
      ...(options.key !== undefined && { key: options.key }),
      ...(options.partial && { partial: true }),
      ...(options.freeze !== undefined && { freeze: options.freeze }),
      ...(options.classWeights !== undefined && { classWeights: options.classWeights }),
      ...(options.keepBest && { keepBest: true }),
      ...(options.tensorboard && { tensorboard: true }),
    },
    original: original.recipe,
    folder,
    specFor,
  };
}

const decidedByRun: readonly (keyof TrainOptions)[] = [
  'data',
  'train',
  'val',
  'skipDamaged',
  'limit',
  'seed',
  'weights',
  'key',
  'partial',
  'freeze',
  'recipe',
  'out',
  'overwrite',
  'keepBest',
  'tensorboard',
  'batchSize',
  'optimizer',
  'lr',
  'momentum',
  'weightDecay',
  'schedule',
  'augment',
  'classWeights',
  'convention',
  'nesterov',
  'warmup',
  'biasLr',
  'biasDecay',
  'labelSmoothing',
  'clipNorm',
  'accumulate',
  'ema',
  'earlyStopping',
  'classes',
  'inChannels',
  'inputSize',
  'width',
  'groups',
  'dropout',
  'lrn',
];

const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** @throws ZooError `usage` when options would change a resumed run. */
export function requireSameRun(
  preset: string | undefined,
  options: TrainOptions,
  run: { folder: string; preset: string },
): void {
  const given = decidedByRun.filter((name) => options[name] !== undefined);
  if (given.length > 0)
    throw new ZooError(
      'usage',
      `${given.map(flagOf).join(', ')}: ${given.length === 1 ? 'is' : 'are'} fixed by ${run.folder}. Leave ${given.length === 1 ? 'it' : 'them'} out with --resume, or start another run.`,
    );
  if (preset === undefined) return;
  if (presetName(presetNamed(preset)) !== run.preset)
    throw new ZooError('usage', `${preset}: ${run.folder} trains ${run.preset}. Leave the preset out with --resume.`);
}
