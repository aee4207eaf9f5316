import { readFileSync } from 'node:fs';
import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import type { Image } from '../image.ts';
import type { Transform } from '../transform.ts';
import { centerCrop } from './center-crop.ts';
import { normalize } from './normalize.ts';
import { resize } from './resize.ts';
import { resizeShorterSide } from './resize-shorter-side.ts';
import { tenCrop } from './ten-crop.ts';

interface Case {
  height: number;
  width: number;
  pixels: number[];
}

/** Recorded by fixtures/record-transforms.py. */
const golden: {
  picture: Case;
  resize: Case[];
  resizeShorterSide: Case[];
  centerCrop: Case[];
  tenCrop: Case[];
  normalize: Case;
} = JSON.parse(readFileSync(new URL('../../fixtures/transforms.json', import.meta.url), 'utf8'));

const picture: Image = { ...golden.picture, pixels: Uint8Array.from(golden.picture.pixels), channels: 3 };

const transposed = (image: Image): Image => {
  const { height, width, channels } = image;
  const pixels = Uint8Array.from(image.pixels, (_, index) => {
    const [pixel, channel] = [Math.floor(index / channels), index % channels];
    const [y, x] = [Math.floor(pixel / height), pixel % height];
    return image.pixels[(x * width + y) * channels + channel] ?? 0;
  });
  return { pixels, height: width, width: height, channels };
};

function expectLike(actual: Image, expected: Case, tolerance: number): void {
  expect([actual.height, actual.width]).toEqual([expected.height, expected.width]);
  expect(actual.pixels.length).toBe(expected.pixels.length);
  const worst = expected.pixels.reduce((most, value, i) => {
    const difference = Math.abs(value - (actual.pixels[i] ?? Number.NaN));
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }, 0);
  expect(worst).toBeLessThanOrEqual(tolerance);
}

const apply = (transform: Transform | undefined, image: Image): Image => {
  if (!transform) throw new Error('no such transform');
  return transform(image, random(0));
};

describe('transforms equal torchvision', () => {
  it.each(golden.resize)('resize to $height x $width', (expected) => {
    expectLike(apply(resize(expected.height, expected.width), picture), expected, 2e-4);
  });

  it('resizeShorterSide, lying and standing', () => {
    const [lying, standing] = golden.resizeShorterSide;
    if (!lying || !standing) throw new Error('fixture is incomplete');
    expectLike(apply(resizeShorterSide(7), picture), lying, 2e-4);
    expectLike(apply(resizeShorterSide(7), transposed(picture)), standing, 2e-4);
  });

  it.each(golden.centerCrop)('centerCrop of $height x $width', (expected) => {
    expectLike(apply(centerCrop(expected.height, expected.width), picture), expected, 0);
  });

  it.each(golden.tenCrop.map((expected, view) => ({ view, expected })))('tenCrop view $view', ({ view, expected }) => {
    expectLike(apply(tenCrop(8, 6)[view], picture), expected, 0);
  });

  it('normalize', () => {
    const imagenet = normalize({ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
    expectLike(apply(imagenet, picture), golden.normalize, 2e-6);
  });
});
