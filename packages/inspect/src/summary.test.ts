import { presets } from '@zoo/alexnet';
import { configure, type ModelSpec } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { summary } from './summary.ts';

describe('summary', () => {
  it('grows activations and mult-adds with the batch, but not the parameters', () => {
    const table = summary(presets.paper, { batchSize: 128 });
    expect(table).toContain('AlexNet                                  [128, 1000]               --\n');
    expect(table).toContain('Total params: 60,965,224\n');
    expect(table).toContain('Total mult-adds (Units.GIGABYTES): 92.81\n');
    expect(table).toContain('Input size (MB): 79.15\n');
  });

  it('follows a changed number of classes and channels', () => {
    const table = summary(configure(presets['single-tower'], { classes: 1000, inChannels: 3 }));
    expect(table).toContain('│    └─Conv2d: 2-1                       [1, 96, 55, 55]           34,944\n');
    expect(table).toContain('Total params: 62,378,344\n');
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a batch of %s', (batchSize) => {
    expect(() => summary(presets.paper, { batchSize })).toThrow(
      `batchSize: must be a whole number above 0, not ${batchSize}.`,
    );
  });

  it('refuses a spec whose layers do not fit together', () => {
    const tiny: ModelSpec = { ...presets.paper, input: [8, 8, 3] };
    expect(() => summary(tiny)).toThrow(
      'alexnet/paper: layer 1 (features.0, conv) its 11×11 kernel does not fit a side of 8',
    );
  });
});
