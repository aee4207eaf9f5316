import { type Augmentation, augmentForChannels } from './augmentation.ts';
import { inferShapes } from './infer-shapes.ts';
import type { ModelSpec } from './model-spec.ts';
import type { Recipe } from './recipe.ts';
import type { Refinements } from './refinements.ts';
import { fanIn } from './scaled-init.ts';

/** Options of `recipeFor`. */
export interface RecipeForOptions {
  /** Whether the network begins with weights that have been trained, which large steps would spoil. Default: false. */
  pretrained?: boolean;
}

/** With less than this fraction of the examples that a recipe is made for, its epochs have too few steps. */
const fewShare = 0.1;
/** Steps in which the networks of the zoo learn a small data set. */
const wantedSteps = 400;
const [minEpochs, maxEpochs] = [15, 60] as const;
const [minBatchSize, maxBatchSize] = [8, 64] as const;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** About a twelfth of the examples, as a power of two. */
const batchSizeFor = (examples: number): number =>
  clamp(2 ** Math.round(Math.log2(Math.max(1, examples / 12))), minBatchSize, maxBatchSize);

/**
 * A step of Adam moves each weight by about the rate, and an output by as much for each of its inputs: the widest layer decides.
 * 0.0003 for the 9,216 inputs of AlexNet's fc6, 0.0009 at a tenth of its width.
 */
function learningRateFor(spec: ModelSpec, pretrained: boolean): number {
  const inputs = inferShapes(spec).layers.map(fanIn);
  const rate = clamp(0.0288 / Math.sqrt(Math.max(1, ...inputs)), 1e-4, 1e-3);
  return Number((pretrained ? rate / 3 : rate).toPrecision(1));
}

/**
 * A network overfits a few pictures quickly: if the preset does not augment them, they are shifted by up to
 * an eighth. They are mirrored only if the preset does so: mirrored letters and digits would be wrong.
 */
function augmentFor({ input: [side, , channels], preprocessing, recipe }: ModelSpec): readonly Augmentation[] {
  const augment = augmentForChannels(recipe.augment, channels);
  const crops = augment.some(
    (step) =>
      step.kind === 'randomResizedCrop' ||
      (step.kind === 'randomCrop' && (step.padding > 0 || preprocessing.resizeShorterSide !== undefined)),
  );
  if (crops) return augment;
  const padding = preprocessing.resizeShorterSide === undefined ? Math.round(side / 8) : 0;
  return [{ kind: 'randomCrop', padding }, ...augment.filter(({ kind }) => kind !== 'randomCrop')];
}

/**
 * What of a recipe's refinements is as good for few steps: not an average or a patience that is counted in steps or epochs of many
 * pictures, and small batches need no parts.
 */
const keptOf = ({ labelSmoothing, clipNorm, multipliers }: Recipe): Refinements => ({
  ...(labelSmoothing !== undefined && { labelSmoothing }),
  ...(clipNorm !== undefined && { clipNorm }),
  ...(multipliers && { multipliers }),
});

/**
 * The recipe for a number of examples: the network's own, or, for less than a tenth of the examples that it is made for, one that
 * learns from few. An epoch of 200 pictures in batches of 128 has two steps, in which momentum and a plain rate of 0.01 go nowhere:
 * small batches, Adam, a warm-up and a rate that fits the width learn in some hundred steps what there is to learn. Label smoothing,
 * clipping and multipliers stay; averages of the weights, early stopping and accumulation do not.
 */
export function recipeFor(spec: ModelSpec, examples: number, { pretrained = false }: RecipeForOptions = {}): Recipe {
  const { recipe } = spec;
  if (recipe.examples === undefined || examples >= recipe.examples * fewShare) return recipe;
  const batchSize = batchSizeFor(examples);
  return {
    source: `Tuned here for few pictures, in place of the preset's recipe for ${recipe.examples.toLocaleString('en-US')} (${recipe.source})`,
    epochs: clamp(Math.ceil((wantedSteps * batchSize) / Math.max(1, examples)), minEpochs, maxEpochs),
    batchSize,
    optimizer: {
      kind: 'adam',
      learningRate: learningRateFor(spec, pretrained),
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: 0,
    },
    schedule: { kind: 'cosine', warmup: 0.1 },
    augment: augmentFor(spec),
    ...keptOf(recipe),
  };
}
