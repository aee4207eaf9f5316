import { alexnetFamily } from '@zoo/alexnet';
import { presetOf } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { chooseChannels } from './fit-channels.ts';

const preset = presetOf('alexnet/torchvision', [alexnetFamily]);
const single = presetOf('alexnet/single-tower', [alexnetFamily]);

describe('channels of a network', () => {
  it('are those of the pictures, and it is said where the preset has others', () => {
    expect(chooseChannels({ source: 'photos', data: 3, preset })).toEqual({ channels: 3 });
    expect(chooseChannels({ source: 'mnist', data: 1, preset })).toEqual({
      channels: 1,
      note: 'mnist: its pictures are grey, so alexnet/torchvision takes 1 channel here, not 3. --in-channels 3 repeats each in three channels instead.',
    });
    expect(chooseChannels({ source: 'photos', data: 3, preset: single })).toEqual({
      channels: 3,
      note: 'photos: its pictures are in colour, so alexnet/single-tower takes 3 channels here, not 1. --in-channels 1 makes the pictures grey instead.',
    });
  });

  it('are those of the weights where a training begins with some', () => {
    expect(chooseChannels({ source: 'mnist', data: 1, preset, weights: 3 })).toEqual({
      channels: 3,
      note: 'mnist: its pictures are grey, and the weights are for colour: each is repeated in three channels.',
    });
  });

  it('are what the user asks for', () => {
    expect(chooseChannels({ source: 'mnist', data: 1, preset, asked: 1, weights: 3 })).toEqual({ channels: 1 });
    expect(chooseChannels({ source: 'photos', data: 3, preset, asked: 1 })).toEqual({
      channels: 1,
      note: 'photos: its pictures are in colour, and --in-channels is for grey ones: they are made grey.',
    });
    expect(() => chooseChannels({ source: 'photos', data: 3, preset, asked: 4 })).toThrow(
      'photos: its pictures have 3 channels, which cannot become 4. Pass --in-channels 3.',
    );
  });
});
