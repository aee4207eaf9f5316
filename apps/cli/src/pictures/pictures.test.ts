import { describe, expect, it } from 'vitest';
import { fileNameOf } from './file-label.ts';
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
