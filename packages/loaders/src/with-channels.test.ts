import { describe, expect, it } from 'vitest';
import type { Dataset } from './dataset.ts';
import { toGrey, toRgb, withChannels } from './with-channels.ts';

const grey = { pixels: Uint8Array.of(0, 7, 255, 100), height: 2, width: 2, channels: 1 };
// Luminances 76.2, 149.7, 29.1 and 14.1.
const colour = {
  pixels: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 15, 20),
  height: 2,
  width: 2,
  channels: 3,
};

const setOf = (picture: typeof grey, channels = picture.channels): Dataset => ({
  name: 'a set',
  classes: ['a', 'b'],
  length: 1,
  channels,
  labelOf: () => 1,
  example: () => ({ ...picture, label: 1 }),
});

describe('withChannels', () => {
  it('repeats greys, and takes the luminance of colours', async () => {
    expect(toRgb(grey).pixels).toEqual(Uint8Array.of(0, 0, 0, 7, 7, 7, 255, 255, 255, 100, 100, 100));
    expect(toGrey(colour).pixels).toEqual(Uint8Array.of(76, 150, 29, 14));
    expect(toGrey(toRgb(grey))).toEqual(grey);
    const set = withChannels(setOf(grey), 3);
    expect(set).toMatchObject({ name: 'a set', length: 1, channels: 3, classes: ['a', 'b'] });
    expect(await set.example(0)).toEqual({ ...toRgb(grey), label: 1 });
    expect(await withChannels(setOf(colour), 1).example(0)).toEqual({ ...toGrey(colour), label: 1 });
  });

  it('leaves alone what has them already, and refuses what has no meaning', () => {
    const set = setOf(grey);
    expect(withChannels(set, 1)).toBe(set);
    expect(toGrey(grey)).toBe(grey);
    expect(toRgb(colour)).toBe(colour);
    expect(() => withChannels(set, 4)).toThrow(
      'a set: its pictures have 1 channels, which cannot become 4. Build the network with inChannels: 1.',
    );
    expect(() => withChannels(setOf(grey, 2), 3)).toThrow(/2 channels, which cannot become 3/);
  });
});
