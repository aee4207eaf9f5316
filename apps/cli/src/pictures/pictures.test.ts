import { describe, expect, it } from 'vitest';
import { fileNameOf } from './file-label.ts';
import { toGrey } from './read-picture.ts';
import { labelInFileName } from './truth.ts';

describe('labels in file names', () => {
  it('survive the way into a name and back', () => {
    for (const label of ['cat', 'T-shirt/top', 'Ankle boot', '7', 'größer'])
      expect(
        labelInFileName(`/some/where/${fileNameOf(label)}-103.png`, [
          'boot',
          'cat',
          'Ankle boot',
          'T-shirt/top',
          '7',
          'größer',
        ]),
      ).toBe(label);
  });

  it('are told from names that only begin alike, and the longest wins', () => {
    expect(labelInFileName('caterpillar.png', ['cat'])).toBeUndefined();
    expect(labelInFileName('great-white-shark-1.png', ['great', 'great white shark'])).toBe('great white shark');
  });
});

describe('toGrey', () => {
  it("weighs colours as PIL's convert('L'), and keeps greys", () => {
    const pixels = Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 77, 77, 77]);
    expect(toGrey({ pixels, height: 2, width: 2, channels: 3 })).toEqual({
      pixels: Uint8Array.from([76, 150, 29, 77]),
      height: 2,
      width: 2,
      channels: 1,
    });
  });
});
