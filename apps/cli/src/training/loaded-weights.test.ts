import type { LoadReport } from '@zoo/weights';
import { describe, expect, it } from 'vitest';
import { byBlocks, loadedWeightsText } from './loaded-weights.ts';

const all = ['features.0', 'features.3', 'classifier.1', 'classifier.4'].flatMap((layer) => [
  `${layer}.weight`,
  `${layer}.bias`,
]);

const report = (loaded: readonly string[], rest: Partial<LoadReport> = {}): LoadReport => ({
  loaded: [...loaded],
  kept: all.filter((name) => !loaded.includes(name)),
  unused: [],
  missing: [],
  mismatched: [],
  mapping: [],
  rule: 'spec',
  certainty: 'names',
  notes: [],
  ...rest,
});

describe('byBlocks', () => {
  it('names blocks that are whole, then layers, then tensors', () => {
    expect(byBlocks(all, all)).toEqual(['features', 'classifier']);
    expect(byBlocks(all.slice(0, 6), all)).toEqual(['features', 'classifier.1']);
    expect(byBlocks(['features.0.bias', ...all.slice(2)], all)).toEqual([
      'features.0.bias',
      'features.3',
      'classifier',
    ]);
  });
});

describe('loadedWeightsText', () => {
  it('says which layers are loaded, and which begin anew and why', () => {
    expect(loadedWeightsText('a.pth', report(all))).toEqual(['a.pth: all 8 tensors loaded.']);
    expect(
      loadedWeightsText('a.pth', report(all.slice(0, 6), { unused: ['module.classifier.4.weight', 'stn.weight'] })),
    ).toEqual(['a.pth: features, classifier.1 loaded (6 of 8 tensors); classifier.4 begins anew.', 'Unused: stn.']);
    expect(
      loadedWeightsText('a.pth', report(all, { unused: ['stn.weight', 'features.0.activation_post_process.scale'] })),
    ).toEqual(['a.pth: all 8 tensors loaded.', 'Unused: stn.']);
    const mismatched = [{ name: 'classifier.4.weight', from: 'head', shape: [9, 4], expected: [5, 4] }];
    expect(
      loadedWeightsText(
        'a.pth',
        report(all.slice(0, 4), { missing: all.slice(4, 6), mismatched, unused: ['head', 'stn.a', 'stn.b', 'ema.a'] }),
      ),
    ).toEqual([
      'a.pth: features loaded (4 of 8 tensors); classifier begins anew.',
      'Not in the file: classifier.1.',
      'Another shape: classifier.4.weight is [9, 4] in the file, and [5, 4] here.',
      'Unused: head, stn.',
    ]);
  });
});
