import { ZooError } from '@zoo/core';
import { type Image, sizeOf } from '../image.ts';
import { requireNumber } from '../require-number.ts';
import type { Transform } from '../transform.ts';

type Triple = readonly [number, number, number];

/** Principal components of a data set's colours, for pixels from 0 to 255. */
export interface ColourComponents {
  /** How far colours spread along each component, the widest first: lambda. */
  readonly values: Triple;
  /** P: a row a channel (red, green, blue), a column a component. */
  readonly vectors: readonly [Triple, Triple, Triple];
}

/** Those of ImageNet's training pictures, as fb.resnet.torch published them for pixels from 0 to 1. */
export const imagenetColours: ColourComponents = {
  values: [0.2175 * 255, 0.0188 * 255, 0.0045 * 255],
  vectors: [
    [-0.5675, 0.7192, 0.4009],
    [-0.5808, -0.0045, -0.814],
    [-0.5836, -0.6948, 0.4203],
  ],
};

/**
 * `pixel + P·(alpha ⊙ lambda)`, the same for every pixel of a picture.
 *
 * @param alpha A number a component.
 * @throws ZooError `data` for a picture that is not of three channels.
 */
export function shiftColours(image: Image, alpha: Triple, { values, vectors }: ColourComponents): Image {
  if (image.channels !== 3)
    throw new ZooError('data', `pcaColour: the picture is ${sizeOf(image)}, expected 3 channels.`);
  const weighted = values.map((value, component) => (alpha[component] ?? 0) * value);
  const shift = vectors.map((row) =>
    row.reduce((sum, entry, component) => sum + entry * (weighted[component] ?? 0), 0),
  );
  return { ...image, pixels: Float32Array.from(image.pixels, (value, index) => value + (shift[index % 3] ?? 0)) };
}

/**
 * Shifts the colours of a whole picture like a change of light: `pixel + P·(alpha ⊙ lambda)`, one alpha a component
 * and a picture, `alpha ~ N(0, 0.1)` where 0.1 is the standard deviation (Krizhevsky et al. 2012, section 4.1).
 * Takes RGB; comes before `normalize`. Values may leave 0 to 255.
 *
 * @param components Default: those of ImageNet.
 * @param deviation The standard deviation of alpha. Default: 0.1.
 * @throws ZooError `usage` for a deviation below 0. The transform throws `data` for a picture that is not of three channels.
 */
export function pcaColour(components: ColourComponents = imagenetColours, deviation = 0.1): Transform {
  requireNumber('pcaColour', 'deviation', deviation, 0);
  return (image, random) => {
    const alpha = () => deviation * random.normal();
    return shiftColours(image, [alpha(), alpha(), alpha()], components);
  };
}
