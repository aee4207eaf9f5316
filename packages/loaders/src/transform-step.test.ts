import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import {
  centerCrop,
  colourJitter,
  horizontalFlip,
  type Image,
  imagenetColours,
  normalize,
  pad,
  pcaColour,
  randAugment,
  randomCrop,
  randomErasing,
  randomResizedCrop,
  resize,
  resizeShorterSide,
  type Transform,
  type TransformStep,
  transformsOf,
} from './index.ts';

const { integer } = random(4);
const picture: Image = {
  pixels: Uint8Array.from({ length: 14 * 18 * 3 }, () => integer(256)),
  height: 14,
  width: 18,
  channels: 3,
};
const size = { height: 6, width: 7 };
const pairs: readonly (readonly [TransformStep, Transform])[] = [
  [{ kind: 'resize', ...size }, resize(6, 7)],
  [{ kind: 'resizeShorterSide', size: 9 }, resizeShorterSide(9)],
  [{ kind: 'pad', padding: 2 }, pad(2)],
  [{ kind: 'centerCrop', ...size }, centerCrop(6, 7)],
  [{ kind: 'randomCrop', ...size, padding: 1 }, randomCrop(6, 7, { padding: 1 })],
  [{ kind: 'randomResizedCrop', ...size, scale: [0.5, 1] }, randomResizedCrop(6, 7, { scale: [0.5, 1] })],
  [{ kind: 'horizontalFlip', probability: 1 }, horizontalFlip(1)],
  [{ kind: 'pcaColour', deviation: 0.5 }, pcaColour(imagenetColours, 0.5)],
  [{ kind: 'colourJitter', hue: 0.2 }, colourJitter({ hue: 0.2 })],
  [{ kind: 'randAugment', operations: 3, magnitude: 20 }, randAugment({ operations: 3, magnitude: 20 })],
  [{ kind: 'normalize', mean: [0.5], channels: 'bgr' }, normalize({ mean: [0.5], channels: 'bgr' })],
  [{ kind: 'randomErasing', probability: 1, value: 'noise' }, randomErasing({ probability: 1, value: 'noise' })],
];

describe('a transform as data', () => {
  it.each(pairs)('%j is its function, after JSON too', (step, transform) => {
    const { pixels, height, width } = transform(picture, random(8));
    const sent: TransformStep = JSON.parse(JSON.stringify(step));
    for (const again of transformsOf([step, sent])) {
      const found = again(picture, random(8));
      expect([found.height, found.width]).toEqual([height, width]);
      expect(found.pixels).toEqual(pixels);
    }
  });

  it('is refused if there is no such function', () => {
    const steps: TransformStep[] = JSON.parse('[{"kind":"blur","radius":2}]');
    expect(() => transformsOf(steps)).toThrow('transformsOf: {"kind":"blur","radius":2} is no known transform.');
  });
});
