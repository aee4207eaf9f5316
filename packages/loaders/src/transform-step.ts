import { ZooError } from '@zoo/core';
import type { Transform } from './transform.ts';
import { centerCrop } from './transforms/center-crop.ts';
import { type ColourJitterOptions, colourJitter } from './transforms/colour-jitter.ts';
import { horizontalFlip } from './transforms/horizontal-flip.ts';
import { type NormalizeOptions, normalize } from './transforms/normalize.ts';
import { pad } from './transforms/pad.ts';
import { imagenetColours, pcaColour } from './transforms/pca-colour.ts';
import { type RandAugmentOptions, randAugment } from './transforms/rand-augment.ts';
import { type RandomCropOptions, randomCrop } from './transforms/random-crop.ts';
import { type RandomErasingOptions, randomErasing } from './transforms/random-erasing.ts';
import { type RandomResizedCropOptions, randomResizedCrop } from './transforms/random-resized-crop.ts';
import { resize } from './transforms/resize.ts';
import { resizeShorterSide } from './transforms/resize-shorter-side.ts';

interface Size {
  height: number;
  width: number;
}

/** A transform as data, which can be written to a file and sent to a worker: the name of its function, and its arguments. */
export type TransformStep =
  | ({ kind: 'resize' } & Size)
  | { kind: 'resizeShorterSide'; size: number }
  | { kind: 'pad'; padding: number }
  | ({ kind: 'centerCrop' } & Size)
  | ({ kind: 'randomCrop' } & Size & RandomCropOptions)
  | ({ kind: 'randomResizedCrop' } & Size & RandomResizedCropOptions)
  | { kind: 'horizontalFlip'; probability?: number }
  | { kind: 'pcaColour'; deviation?: number }
  | ({ kind: 'colourJitter' } & ColourJitterOptions)
  | ({ kind: 'randAugment' } & RandAugmentOptions)
  | ({ kind: 'normalize' } & NormalizeOptions)
  | ({ kind: 'randomErasing' } & RandomErasingOptions);

function transformOf(step: TransformStep): Transform {
  switch (step.kind) {
    case 'resize':
      return resize(step.height, step.width);
    case 'resizeShorterSide':
      return resizeShorterSide(step.size);
    case 'pad':
      return pad(step.padding);
    case 'centerCrop':
      return centerCrop(step.height, step.width);
    case 'randomCrop':
      return randomCrop(step.height, step.width, step);
    case 'randomResizedCrop':
      return randomResizedCrop(step.height, step.width, step);
    case 'horizontalFlip':
      return horizontalFlip(step.probability);
    case 'pcaColour':
      return pcaColour(imagenetColours, step.deviation);
    case 'colourJitter':
      return colourJitter(step);
    case 'randAugment':
      return randAugment(step);
    case 'normalize':
      return normalize(step);
    case 'randomErasing':
      return randomErasing(step);
    default:
      throw new ZooError('usage', `transformsOf: ${JSON.stringify(step)} is no known transform. Check its kind.`);
  }
}

/**
 * The transforms of a pipeline that is data, in its order.
 *
 * @throws ZooError `usage` for a step of no known kind, and as the function of each step.
 */
export const transformsOf = (steps: readonly TransformStep[]): Transform[] => steps.map(transformOf);
