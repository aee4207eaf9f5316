import type { Augmentation } from './augmentation.ts';

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
const between = ([least, most]: readonly [number, number]): string => `${percent(least)} to ${percent(most)}`;

function stepText(step: Augmentation): string {
  switch (step.kind) {
    case 'randomCrop':
      if (step.padding === 0) return 'cropped at random';
      return `shifted by up to ${step.padding} ${step.padding === 1 ? 'pixel' : 'pixels'}`;
    case 'randomResizedCrop':
      return `crops of ${between(step.scale)} of the area`;
    case 'horizontalFlip':
      return step.probability === 0.5 ? 'mirrored at random' : `${percent(step.probability)} mirrored`;
    case 'pcaColour':
      return step.deviation === 0.1 ? 'PCA colour shifts' : `PCA colour shifts of ${step.deviation}`;
    case 'colourJitter': {
      const { kind: _, ...parts } = step;
      const changed = Object.entries(parts).filter(([, most]) => most > 0);
      return `colour jitter (${changed.map(([name, most]) => `${name} ${most}`).join(', ') || 'none'})`;
    }
    case 'randAugment':
      return `RandAugment (${step.operations} of magnitude ${step.magnitude})`;
    case 'randomErasing':
      return `${percent(step.probability)} with ${between(step.scale)} erased`;
    case 'mixUp':
      return `MixUp (alpha ${step.alpha})`;
    case 'cutMix':
      return `CutMix (alpha ${step.alpha})`;
  }
}

/** What is done to training pictures, in the order in which it is done: `shifted by up to 4 pixels, mirrored at random`; `none` for nothing. */
export const augmentationText = (augment: readonly Augmentation[]): string =>
  augment.map(stepText).join(', ') || 'none';
