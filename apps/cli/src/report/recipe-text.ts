import { augmentationText, type Optimizer, type Recipe, type Schedule, type Sgd } from '@zoo/spec';
import { counted, percent } from '../rendering/quantities.ts';
import { refinementFacts } from './refinement-text.ts';

const conventions: Readonly<Record<Sgd['convention'], string>> = {
  caffe: "the velocity holds the learning rate, as Caffe's does",
  pytorch: 'the learning rate scales the velocity, as in PyTorch',
};

/** `SGD (the velocity holds the learning rate, as Caffe's does)`. */
export function optimizerText(optimizer: Optimizer): string {
  if (optimizer.kind === 'sgd')
    return `SGD${optimizer.nesterov ? " with Nesterov's momentum" : ''} (${conventions[optimizer.convention]})`;
  const decay = optimizer.kind === 'adamw' ? ' (weight decay apart from the gradient)' : '';
  return `${shortOptimizer(optimizer)}${decay}, beta ${optimizer.beta1} and ${optimizer.beta2}, epsilon ${optimizer.epsilon}`;
}

/** The same in few words: `SGD as in Caffe`. */
export function shortOptimizer(optimizer: Optimizer): string {
  if (optimizer.kind !== 'sgd') return optimizer.kind === 'adam' ? 'Adam' : 'AdamW';
  return `${optimizer.nesterov ? 'Nesterov SGD' : 'SGD'} as in ${optimizer.convention === 'caffe' ? 'Caffe' : 'PyTorch'}`;
}

/** How the learning rate changes, in words. */
export function scheduleText(schedule: Schedule): string {
  const { warmup = 0 } = schedule;
  return `${shapeText(schedule)}${warmup > 0 ? `, after ${percent(warmup)} of warming up` : ''}`;
}

function shapeText(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'constant':
      return 'the same learning rate throughout';
    case 'step':
      return `learning rate × ${schedule.factor} after epoch ${schedule.after.join(', ')}`;
    case 'plateau':
      return `learning rate × ${schedule.factor} when the test loss has not improved for ${counted(schedule.patience, 'epoch')}`;
    case 'cosine':
      return 'learning rate falls along a cosine';
    case 'one-cycle':
      return `learning rate rises for ${percent(schedule.rise)} of the training, then falls, along cosines`;
    case 'polynomial':
      return `learning rate falls as a polynomial of power ${schedule.power}`;
  }
}

/** The same in few words. */
export function shortSchedule(schedule: Schedule): string {
  const { warmup = 0 } = schedule;
  return `${shortShape(schedule)}${warmup > 0 ? `, warm-up ${percent(warmup)}` : ''}`;
}

function shortShape(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'step':
      return `× ${schedule.factor} after ${schedule.after.join(', ')}`;
    case 'plateau':
      return `× ${schedule.factor} on a plateau of ${schedule.patience}`;
    case 'one-cycle':
      return `one cycle, rising ${percent(schedule.rise)}`;
    case 'polynomial':
      return `polynomial ${schedule.power}`;
    default:
      return schedule.kind;
  }
}

/** `learning rate 0.01, momentum 0.9, weight decay 0.0005`. */
export const ratesText = ({ learningRate, weightDecay, ...more }: Optimizer): string =>
  [
    `learning rate ${learningRate}`,
    ...(more.kind === 'sgd' ? [`momentum ${more.momentum}`] : []),
    `weight decay ${weightDecay}`,
  ].join(', ');

const lengthOf = ({ epochs, batchSize }: Recipe): string => `${counted(epochs, 'epoch')} in batches of ${batchSize}`;

/** A recipe as a sentence. */
export const recipeSentence = (recipe: Recipe): string =>
  [
    `Recipe: ${shortOptimizer(recipe.optimizer)}, ${ratesText(recipe.optimizer)}`,
    scheduleText(recipe.schedule),
    lengthOf(recipe),
    ...refinementFacts(recipe).map(({ title, text }) => `${title}: ${text}`),
    `augmentation: ${augmentationText(recipe.augment)}.`,
  ].join('; ');

/** A recipe, a fact a row. */
export const recipeFacts = (recipe: Recipe): [name: string, value: string][] => [
  ['optimiser', `${shortOptimizer(recipe.optimizer)}, ${ratesText(recipe.optimizer)}`],
  ['schedule', scheduleText(recipe.schedule)],
  ['training', lengthOf(recipe)],
  ...refinementFacts(recipe).map(({ title, text }): [string, string] => [title, text]),
  ['augmentation', augmentationText(recipe.augment)],
  ...(recipe.examples === undefined
    ? []
    : [['made for', counted(recipe.examples, 'training picture')] satisfies [string, string]]),
  ['recipe from', recipe.source],
];
