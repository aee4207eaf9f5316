import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { sideBySide } from './side-by-side.ts';

const colours = pc.createColors(false);

describe('sideBySide', () => {
  it('stands runs beside each other, groups apart, and fills what is not there', () => {
    const table = sideBySide(['a', 'b'], [[['momentum', '0.9', undefined]], [['top-1', '50.0 %', '60.0 %']]], {
      colours,
      columns: 80,
    });
    expect(table.split('\n')).toEqual([
      '          a       b',
      '────────────────────────',
      'momentum  0.9     –',
      '────────────────────────',
      'top-1     50.0 %  60.0 %',
    ]);
  });

  it.each([40, 80, 120])('fits %d columns, with as many blocks as it takes', (columns) => {
    const runs = Array.from({ length: 7 }, (_, index) => `runs/alexnet-cifar10-quick-2025-03-0${index}`);
    const table = sideBySide(
      runs,
      [[['local response normalisation', ...runs.map(() => 'size 5, alpha 0.0001, beta 0.75, k 2')]]],
      { colours, columns },
    );
    for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    for (const index of runs.keys()) expect(table.replace(/\s/g, '')).toContain(`0${index}`);
  });
});
