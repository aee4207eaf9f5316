import type { ModelSpec } from '@zoo/spec';
import { batchnorm } from './presets/batchnorm.ts';
import { caffenet } from './presets/caffenet.ts';
import { cifar10Full } from './presets/cifar10-full.ts';
import { cifar10Quick } from './presets/cifar10-quick.ts';
import { halfTower } from './presets/half-tower.ts';
import { oneTower } from './presets/one-tower.ts';
import { paper } from './presets/paper.ts';
import { singleTower } from './presets/single-tower.ts';
import { torchvision } from './presets/torchvision.ts';
import { xavier } from './presets/xavier.ts';

export type AlexNetPreset =
  | 'paper'
  | 'caffenet'
  | 'torchvision'
  | 'one-tower'
  | 'single-tower'
  | 'half-tower'
  | 'batchnorm'
  | 'xavier'
  | 'cifar10-quick'
  | 'cifar10-full';

/** Every AlexNet of the zoo, by name. */
export const presets: Readonly<Record<AlexNetPreset, ModelSpec>> = {
  paper,
  caffenet,
  torchvision,
  'one-tower': oneTower,
  'single-tower': singleTower,
  'half-tower': halfTower,
  batchnorm,
  xavier,
  'cifar10-quick': cifar10Quick,
  'cifar10-full': cifar10Full,
};
