import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { predictionChart } from './prediction-chart.ts';
import { shortNames } from './short-names.ts';

const colours = pc.createColors(false);

describe('names of pictures for people', () => {
  it('are as long as it takes to tell them apart', () => {
    expect([...shortNames(['a/b/1.png'])]).toEqual([['a/b/1.png', '1.png']]);
    expect([...shortNames(['a/b/1.png', 'a/c/1.png']).values()]).toEqual(['b/1.png', 'c/1.png']);
  });

  it('say standard input in words, which shares no folder with others', () => {
    expect([...shortNames(['-'])]).toEqual([['-', 'standard input']]);
    expect([...shortNames(['a/b/1.png', '-', 'a/b/2.png']).values()]).toEqual(['1.png', 'standard input', '2.png']);
    const predictions = [{ label: 'cat', probability: 0.5, index: 0 }];
    expect(predictionChart({ image: '-', predictions, actual: undefined }, { colours, columns: 80 })).toMatch(
      /^standard input\n {2}cat/,
    );
  });
});
