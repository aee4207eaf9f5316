import type { NamedRecipe, Recipe } from '@zoo/spec';
import { batchnorm } from './presets/batchnorm.ts';
import { caffenet } from './presets/caffenet.ts';
import { cifar10Full } from './presets/cifar10-full.ts';
import { cifar10Quick } from './presets/cifar10-quick.ts';
import { imagenetRecipe } from './presets/imagenet-recipe.ts';
import { torchvisionRecipe } from './presets/torchvision-recipe.ts';
import { xavier } from './presets/xavier.ts';

/**
 * The best of six that were tried here for some minutes on two cores: 71.8 %. Adam, larger rates, smaller batches and a cosine are
 * behind Caffe's rate and batches already after the second epoch (at most 62.6 against 63.7 %), and the fall of the rate brings 5 more.
 */
const fewMinutes: Recipe = {
  ...cifar10Quick.recipe,
  source: "Found here: the first three of the eight epochs of Caffe's recipe, then one at the lower rate",
  epochs: 4,
  schedule: { kind: 'step', after: [3], factor: 0.1 },
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
  'cifar10-minutes': {
    title: 'Four epochs after Caffe, for the first minutes',
    preset: 'cifar10-quick',
    recipe: fewMinutes,
  },
} as const satisfies Record<string, NamedRecipe>;

export type AlexNetRecipe = keyof typeof recipes;
