import type { Image } from '../image.ts';
import { requireNumber } from '../require-number.ts';
import type { Transform } from '../transform.ts';
import { adjustBrightness } from './adjust-brightness.ts';
import { adjustContrast } from './adjust-contrast.ts';
import { adjustHue } from './adjust-hue.ts';
import { adjustSaturation } from './adjust-saturation.ts';

/** How far each part may go; 0, the default of each, leaves it out. */
export interface ColourJitterOptions {
  /** The factor is uniform in `1 − brightness` to `1 + brightness`, and never below 0. */
  brightness?: number;
  /** As `brightness`. */
  contrast?: number;
  /** As `brightness`. */
  saturation?: number;
  /** The turn is uniform in −hue to hue, of a whole turn of the colour wheel. At most 0.5. */
  hue?: number;
}

/**
 * Changes brightness, contrast, saturation and hue of a picture at random, in a random order (torchvision's `ColorJitter`). In floats,
 * cut off at 0 and 255. Comes before `normalize`.
 *
 * @throws ZooError `usage` for a part below 0, and a hue above 0.5. The transform throws `data` for a picture that is neither grey nor RGB.
 */
export function colourJitter({
  brightness = 0,
  contrast = 0,
  saturation = 0,
  hue = 0,
}: ColourJitterOptions = {}): Transform {
  for (const [name, value] of Object.entries({ brightness, contrast, saturation }))
    requireNumber('colourJitter', name, value, 0);
  requireNumber('colourJitter', 'hue', hue, 0, 0.5);
  const parts: readonly { middle: number; spread: number; adjust: (image: Image, factor: number) => Image }[] = [
    { middle: 1, spread: brightness, adjust: adjustBrightness },
    { middle: 1, spread: contrast, adjust: adjustContrast },
    { middle: 1, spread: saturation, adjust: adjustSaturation },
    { middle: 0, spread: hue, adjust: adjustHue },
  ];
  return (image, random) => {
    const order = random.permutation(parts.length);
    const adjusting = parts.map(({ middle, spread, adjust }) => {
      const least = middle === 1 ? Math.max(0, 1 - spread) : -spread;
      const factor = least + random.uniform() * (middle + spread - least);
      return (current: Image) => (spread === 0 ? current : adjust(current, factor));
    });
    return [...order].reduce((current, part) => adjusting[part]?.(current) ?? current, image);
  };
}
