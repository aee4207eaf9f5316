import type { Augmentation } from '@zoo/spec';
import { InvalidArgumentError } from 'commander';

/** Pixels of `crop` alone: what is usual for pictures of 32. */
const usualPadding = 4;
const form = 'Expected some of flip, crop or crop=PIXELS, pca-colour, with commas between, or none.';

/**
 * Reads `--augment`: `flip,crop=4,pca-colour`, or `none`. What is not named is not done.
 *
 * @throws InvalidArgumentError for anything else, with the form that is expected.
 */
export function augmentOption(text: string): Augmentation {
  const augment: Augmentation = { flip: false, cropPadding: 0, pcaColour: false };
  if (text === 'none') return augment;
  for (const part of text.split(',').map((one) => one.trim())) {
    const [, pixels = String(usualPadding)] = /^crop(?:=(\d{1,4}))?$/.exec(part) ?? [undefined, ''];
    if (part === 'flip') augment.flip = true;
    else if (part === 'pca-colour' || part === 'pca-color') augment.pcaColour = true;
    else if (pixels !== '') augment.cropPadding = Number(pixels);
    else throw new InvalidArgumentError(form);
  }
  return augment;
}
