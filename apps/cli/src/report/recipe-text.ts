import { augmentationText, type Optimizer, type Recipe, type Schedule, type Sgd } from '@zoo/spec';
import { counted, percent } from '../rendering/quantities.ts';

const conventions: Readonly<Record<Sgd['convention'], string>> = {
  caffe: "the velocity holds the learning rate, as Caffe's does",
  pytorch: 'the learning rate scales the velocity, as in PyTorch',
};

/** `SGD (the velocity holds the learning rate, as Caffe's does)`. */
export const optimizerText = (optimizer: Optimizer): string =>
  optimizer.kind === 'sgd'
    ? `SGD (${conventions[optimizer.convention]})`
    : `Adam, beta ${optimizer.beta1} and ${optimizer.beta2}, epsilon ${optimizer.epsilon}`;

/** The same in few words: `SGD as in Caffe`. */
export const shortOptimizer = (optimizer: Optimizer): string =>
  optimizer.kind === 'adam' ? 'Adam' : `SGD as in ${optimizer.convention === 'caffe' ? 'Caffe' : 'PyTorch'}`;

/** How the learning rate changes, in words. */
export function scheduleText(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'constant':
      return 'the same learning rate throughout';
    case 'step':
      return `learning rate × ${schedule.factor} after epoch ${schedule.after.join(', ')}`;
    case 'plateau':
      return `learning rate × ${schedule.factor} when the test loss has not improved for ${counted(schedule.patience, 'epoch')}`;
    case 'cosine':
      return `learning rate falls along a cosine, after ${percent(schedule.warmup)} of warming up`;
  }
}

/** The same in few words. */
export function shortSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'constant':
      return 'constant';
    case 'step':
      return `× ${schedule.factor} after ${schedule.after.join(', ')}`;
    case 'plateau':
      return `× ${schedule.factor} on a plateau of ${schedule.patience}`;
    case 'cosine':
      return `cosine, warm-up ${percent(schedule.warmup)}`;
  }
}

const rates = ({ learningRate, weightDecay, ...more }: Optimizer): string =>
  [
    `learning rate ${learningRate}`,
    ...(more.kind === 'sgd' ? [`momentum ${more.momentum}`] : []),
    `weight decay ${weightDecay}`,
  ].join(', ');

const lengthOf = ({ epochs, batchSize }: Recipe): string => `${counted(epochs, 'epoch')} in batches of ${batchSize}`;

/** A recipe as a sentence. */
export const recipeSentence = (recipe: Recipe): string =>
  [
    `Recipe: ${shortOptimizer(recipe.optimizer)}, ${rates(recipe.optimizer)}`,
    scheduleText(recipe.schedule),
    lengthOf(recipe),
    `augmentation: ${augmentationText(recipe.augment)}.`,
  ].join('; ');

/** A recipe, a fact a row. */
export const recipeFacts = (recipe: Recipe): [name: string, value: string][] => [
  ['optimiser', `${shortOptimizer(recipe.optimizer)}, ${rates(recipe.optimizer)}`],
  ['schedule', scheduleText(recipe.schedule)],
  ['training', lengthOf(recipe)],
  ['augmentation', augmentationText(recipe.augment)],
  ...(recipe.examples === undefined
    ? []
    : [['made for', counted(recipe.examples, 'training picture')] satisfies [string, string]]),
  ['recipe from', recipe.source],
];
