import { random } from '@zoo/core';
import { type Image, transformsOf } from '@zoo/loaders';
import { dense, flatten, type ModelSpec, type Preprocessing } from '@zoo/spec';
import { plainRecipe } from '@zoo/testing/plain-recipe';
import { describe, expect, it } from 'vitest';
import { evaluationTransforms, tenCropTransforms, trainingSteps } from './pipelines.ts';

const spec = (preprocessing: Partial<Preprocessing>): ModelSpec => ({
  family: 'test',
  preset: 'padded',
  title: 'A network for tests',
  source: 'this file',
  className: 'Padded',
  input: [8, 8, 1],
  classes: 2,
  preprocessing: { range: 255, mean: [0], std: [1], channels: 'rgb', ...preprocessing },
  init: { weight: 0, bias: 0 },
  recipe: plainRecipe,
  layers: [flatten(), dense('classes')],
});
const white = (side: number): Image => ({
  pixels: new Uint8Array(side ** 2).fill(255),
  height: side,
  width: side,
  channels: 1,
});

describe('a spec with padding', () => {
  const padded = spec({ padding: 2 });
  const framed = Array.from({ length: 64 }, (_, i) => {
    const inside = (place: number) => place >= 2 && place < 6;
    return inside(i % 8) && inside(i >> 3) ? 255 : 0;
  });

  it.each([4, 9])('scales a picture of %i pixels to what lies between, in training and in tests', (side) => {
    for (const transforms of [
      evaluationTransforms(padded),
      transformsOf(trainingSteps(padded, padded.recipe.augment)),
    ]) {
      const image = transforms.reduce((current, transform) => transform(current, random(0)), white(side));
      expect(Array.from(image.pixels, Math.round)).toEqual(framed);
    }
  });

  it('leaves a picture that fits as it is: no pixel is mixed with another', () => {
    const pixels = Uint8Array.from({ length: 16 }, (_, i) => i * 10);
    const image = evaluationTransforms(padded).reduce<Image>((current, transform) => transform(current, random(0)), {
      pixels,
      height: 4,
      width: 4,
      channels: 1,
    });
    expect([...image.pixels].filter((_, i) => framed[i] === 255)).toEqual([...pixels]);
  });

  it('gives views of its size', () => {
    for (const view of tenCropTransforms(padded)) {
      const image = view.reduce((current, transform) => transform(current, random(0)), white(20));
      expect([image.height, image.width]).toEqual([8, 8]);
    }
  });
});

describe('a spec that scales pictures to less than its input', () => {
  it('is refused before a picture is read, in training and in tests, whatever a crop adds', () => {
    const small = spec({ resizeShorterSide: 5, padding: 1 });
    const message =
      'test/padded: its pictures are scaled to a shorter side of 5, expected at least 6 for an input of 8x8. Make resizeShorterSide larger, or the input smaller.';
    expect(() => trainingSteps(small, [{ kind: 'randomCrop', padding: 4 }])).toThrow(message);
    expect(() => evaluationTransforms(small)).toThrow(message);
    expect(() => tenCropTransforms(small)).toThrow(message);
    expect(evaluationTransforms(spec({ resizeShorterSide: 6, padding: 1 }))).toHaveLength(4);
  });
});
