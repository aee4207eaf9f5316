import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import { batches, cutMix, inMemory, mixUp, oneOf, type TransformStep } from './index.ts';

/** FNV-1a of the bits. */
const hashOf = (values: Float32Array): string =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    .reduce((hash, byte) => Math.imul(hash ^ byte, 16777619) >>> 0, 2166136261)
    .toString(16);

// Runs in Node, and from tests/browser in a page: the same numbers stand here for both.
describe('the same seed gives the same batches everywhere', () => {
  const { integer } = random(11);
  const pictures = inMemory({
    name: 'noise',
    classes: ['a', 'b', 'c'],
    pixels: Uint8Array.from({ length: 20 * 24 * 30 * 3 }, () => integer(256)),
    labels: Array.from({ length: 20 }, (_, index) => index % 3),
    height: 24,
    width: 30,
    channels: 3,
  });
  const transforms: TransformStep[] = [
    { kind: 'randomResizedCrop', height: 16, width: 16 },
    { kind: 'horizontalFlip' },
    { kind: 'pcaColour' },
    { kind: 'colourJitter', brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 },
    { kind: 'randAugment' },
    { kind: 'normalize', mean: [0.5], std: [0.25] },
    { kind: 'randomErasing' },
  ];

  it.each([0, 1, 3])('to the bit, with %i workers', async (workers) => {
    const found: string[] = [];
    const onNotice = (line: string) => expect.unreachable(line);
    const mix = oneOf(mixUp(), cutMix());
    const options = { batchSize: 8, shuffle: true, seed: 5, epoch: 1, transforms, mix, workers, onNotice };
    for await (const { images, targets } of batches(pictures, options))
      found.push(`${hashOf(images)} ${hashOf(targets ?? new Float32Array(0))}`);
    expect(found).toEqual(['a438ed9d ce2c6e73', '29ff33e7 f8dc5ad5', '42147c56 82c43715']);
  });
});
