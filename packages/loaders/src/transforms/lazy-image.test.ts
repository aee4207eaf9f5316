import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Image } from '../image.ts';
import {
  centerCrop,
  horizontalFlip,
  normalize,
  pad,
  randomCrop,
  resizeShorterSide,
  type Transform,
  tenCrop,
} from '../index.ts';

const picture = (height: number, width: number): Image => ({
  pixels: Uint8Array.from({ length: height * width * 3 }, (_, i) => (i * 7919) % 256),
  height,
  width,
  channels: 3,
});
/** The same image, computed whole. */
const whole = ({ pixels, height, width, channels }: Image): Image => ({ pixels, height, width, channels });
const applied = (transforms: readonly Transform[], image: Image, each = (one: Image) => one): Image =>
  transforms.reduce((current, transform) => each(transform(current, random(3))), image);

const colours = normalize({ range: 255, mean: [104, 117, 123], std: [58, 57, 60], channels: 'bgr' });

describe('a crop of a scaled picture', () => {
  it('is what the scaled picture has there, to the bit', () => {
    for (const image of [picture(40, 61), picture(61, 40), picture(7, 9), picture(20, 20)])
      for (const transforms of [
        [resizeShorterSide(20), centerCrop(16, 16)],
        [resizeShorterSide(20), randomCrop(18, 18, { padding: 5 }), horizontalFlip(1)],
        [resizeShorterSide(20), pad(3), centerCrop(24, 24), pad(2), randomCrop(20, 20)],
        ...tenCrop(16, 16).map((view) => [resizeShorterSide(20), view]),
        [
          resizeShorterSide(20),
          horizontalFlip(1),
          centerCrop(16, 16),
          colours,
          horizontalFlip(1),
          pad(2),
          randomCrop(18, 18),
        ],
        [
          resizeShorterSide(20),
          randomCrop(18, 18, { padding: 5 }),
          horizontalFlip(1),
          colours,
          normalize({ mean: [3], std: [2] }),
        ],
      ])
        expect(whole(applied(transforms, image))).toEqual(whole(applied(transforms, image, whole)));
  });

  it('costs no more than itself, whatever the proportions', () => {
    // Scaled whole, each of these has 1.3 billion pixels of three floats: no array is as long.
    for (const image of [picture(1, 20_000), picture(20_000, 1)])
      for (const crop of [centerCrop(224, 224), randomCrop(224, 224, { padding: 4 }), ...tenCrop(224, 224)]) {
        const { pixels, height, width } = applied([resizeShorterSide(256), crop], image);
        expect([height, width, pixels.length]).toEqual([224, 224, 224 * 224 * 3]);
      }
  });
});
