import type { NamedRecipe, Recipe } from '@zoo/spec';
import { batchnorm } from './presets/batchnorm.ts';
import { caffenet } from './presets/caffenet.ts';
import { cifar10Full } from './presets/cifar10-full.ts';
import { cifar10Quick } from './presets/cifar10-quick.ts';
import { imagenetRecipe } from './presets/imagenet-recipe.ts';
import { torchvisionRecipe } from './presets/torchvision-recipe.ts';
import { xavier } from './presets/xavier.ts';

/** Two minutes of learning: one rise and fall of the rate in a single pass, twice the rate of Caffe's recipe. */
const fewMinutes: Recipe = {
  ...cifar10Quick.recipe,
  source:
    "Caffe's examples/cifar10/cifar10_quick_solver.prototxt (momentum, decay, batch), with one rise and fall of the rate in place of its two steps",
  epochs: 1,
  optimizer: { kind: 'sgd', learningRate: 0.002, momentum: 0.9, weightDecay: 0.004, convention: 'caffe' },
  schedule: { kind: 'cosine', warmup: 0.1 },
};

/** Ways to train an AlexNet, by name: those that were published, and those that were found here. */
export const recipes = {
  paper: { title: 'As the paper trained on ImageNet', preset: 'paper', recipe: imagenetRecipe },
  caffenet: { title: 'As Caffe trained its reference network', preset: 'caffenet', recipe: caffenet.recipe },
  torchvision: {
    title: "torchvision's reference script",
    preset: 'torchvision',
    // 8 GPUs with 32 pictures each.
    recipe: { ...torchvisionRecipe, batchSize: 256 },
  },
  'seed-003': {
    title: 'Batch normalisation, on pictures of three classes',
    preset: 'batchnorm',
    recipe: batchnorm.recipe,
  },
  'seed-004': { title: 'CIFAR-10 enlarged to 227, with Adam', preset: 'xavier', recipe: xavier.recipe },
  'cifar10-quick': { title: "Caffe's ten epochs on CIFAR-10", preset: 'cifar10-quick', recipe: cifar10Quick.recipe },
  'cifar10-full': { title: "Caffe's 140 epochs on CIFAR-10", preset: 'cifar10-full', recipe: cifar10Full.recipe },
  'cifar10-minutes': { title: 'What one epoch on CIFAR-10 can reach', preset: 'cifar10-quick', recipe: fewMinutes },
} as const satisfies Record<string, NamedRecipe>;

export type AlexNetRecipe = keyof typeof recipes;
