import { presets } from '@zoo/alexnet';
import { describe, expect, it } from 'vitest';
import { summaryRecord } from './summary-record.ts';

describe('summaryRecord', () => {
  it('holds the counts and every module', () => {
    const { layers, ...rest } = summaryRecord(presets.paper);
    expect(rest).toEqual({
      preset: 'alexnet/paper',
      parameters: 60_965_224,
      multAdds: 725_066_088,
      input: [227, 227, 3],
      classes: 1000,
    });
    expect(layers).toHaveLength(22);
    expect(layers[0]).toEqual({
      name: 'features.0',
      also: 'conv1',
      type: 'Conv2d',
      outputShape: [96, 55, 55],
      parameters: 34_944,
    });
    expect(layers[2]).toMatchObject({ name: 'features.2', also: 'norm1', type: 'LocalResponseNorm', parameters: 0 });
    expect(layers.at(-1)).toEqual({
      name: 'classifier.6',
      also: 'fc8',
      type: 'Linear',
      outputShape: [1000],
      parameters: 4_097_000,
    });
  });

  it('lists a flatten that is a module, and not one that is a call', () => {
    const types = (preset: 'batchnorm' | 'paper') => summaryRecord(presets[preset]).layers.map(({ type }) => type);
    expect(types('batchnorm').filter((type) => type === 'Flatten')).toHaveLength(1);
    expect(types('paper')).not.toContain('Flatten');
  });

  it.each(Object.entries(presets))('%s: layers add up to the whole, and survive JSON', (_name, spec) => {
    const record = summaryRecord(spec);
    expect(record.layers.reduce((total, { parameters }) => total + parameters, 0)).toBe(record.parameters);
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  });
});
