import { type Image, requireWhole } from '../image.ts';
import { requireNumber } from '../require-number.ts';
import type { Transform } from '../transform.ts';
import { adjustBrightness } from './adjust-brightness.ts';
import { adjustContrast } from './adjust-contrast.ts';
import { adjustSaturation } from './adjust-saturation.ts';
import { adjustSharpness } from './adjust-sharpness.ts';
import { autoContrast } from './auto-contrast.ts';
import { equalize } from './equalize.ts';
import { rotate, shearX, shearY, translateX, translateY } from './move-pixels.ts';
import { posterize } from './posterize.ts';
import { solarize } from './solarize.ts';

/** The highest magnitude: torchvision's 31 steps. */
const maxMagnitude = 30;

/** One of the operations among which RandAugment draws. */
export interface RandAugmentOperation {
  /** Whether it goes both ways: half of the pictures get the negative amount. */
  readonly signed: boolean;
  /** What `apply` takes for a strength, 0 to 1. */
  amount(strength: number, image: Image): number;
  apply(image: Image, amount: number): Image;
}

const factor = (apply: RandAugmentOperation['apply']): RandAugmentOperation => ({
  signed: true,
  amount: (strength) => 0.9 * strength,
  apply: (image, amount) => apply(image, 1 + amount),
});
const plain = (apply: (image: Image) => Image): RandAugmentOperation => ({ signed: false, amount: () => 0, apply });

/** torchvision's operations and amounts (`RandAugment._AUGMENTATION_SPACE`), by its names in this package's form. */
export const randAugmentOperations: Readonly<Record<string, RandAugmentOperation>> = {
  identity: plain((image) => image),
  shearX: { signed: true, amount: (strength) => 0.3 * strength, apply: shearX },
  shearY: { signed: true, amount: (strength) => 0.3 * strength, apply: shearY },
  translateX: { signed: true, amount: (strength, { width }) => (150 / 331) * width * strength, apply: translateX },
  translateY: { signed: true, amount: (strength, { height }) => (150 / 331) * height * strength, apply: translateY },
  rotate: { signed: true, amount: (strength) => 30 * strength, apply: rotate },
  brightness: factor(adjustBrightness),
  saturation: factor(adjustSaturation),
  contrast: factor(adjustContrast),
  sharpness: factor(adjustSharpness),
  posterize: { signed: false, amount: (strength) => 8 - Math.round(4 * strength), apply: posterize },
  solarize: { signed: false, amount: (strength) => 255 * (1 - strength), apply: solarize },
  autoContrast: plain(autoContrast),
  equalize: plain(equalize),
};
const operationList = Object.values(randAugmentOperations);

export interface RandAugmentOptions {
  /** Operations on a picture, one after the other; the same one may come twice. Default: 2. */
  operations?: number;
  /** How strong they are, 0 to 30. Default: 9. */
  magnitude?: number;
}

/**
 * A few random operations of one strength (Cubuk et al. 2019; torchvision's `RandAugment`): geometry by nearest neighbours with black
 * outside, colours in floats. Comes before `normalize`.
 *
 * @throws ZooError `usage` for operations below 0, and for a magnitude that is no whole number from 0 to 30.
 */
export function randAugment({ operations = 2, magnitude = 9 }: RandAugmentOptions = {}): Transform {
  requireWhole('randAugment', 'operations', operations, 0);
  requireWhole('randAugment', 'magnitude', magnitude, 0);
  requireNumber('randAugment', 'magnitude', magnitude, 0, maxMagnitude);
  return (image, random) => {
    let current = image;
    for (let done = 0; done < operations; done++) {
      const operation = operationList[random.integer(operationList.length)];
      // Drawn whether it is used or not: one picture's numbers do not depend on the operations.
      const sign = random.uniform() < 0.5 ? -1 : 1;
      if (!operation) continue;
      const amount = operation.amount(magnitude / maxMagnitude, current);
      current = operation.apply(current, operation.signed ? sign * amount : amount);
    }
    return current;
  };
}
