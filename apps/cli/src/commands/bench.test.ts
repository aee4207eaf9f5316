import { parseNumber, parseString } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import { field, fieldsOf, jsonLines, zoo } from '../testing/zoo.ts';

const tiny = ['bench', 'alexnet/cifar10-quick', '--width', '0.1', '--backend', 'wasm', '--seconds', '0.01'];

describe('zoo bench', () => {
  it('measures both kinds of work for programs', async () => {
    const { code, out } = await zoo(...tiny, '--batch-sizes', '1,4', '--json');
    expect(code).toBe(0);
    const rows = jsonLines(out);
    const [works, batches] = [
      rows.map((row) => field(row, 'work', parseString)),
      rows.map((row) => field(row, 'batch', parseNumber())),
    ];
    expect(works).toEqual(['forward', 'forward', 'training step', 'training step']);
    expect(batches).toEqual([1, 4, 1, 4]);
    for (const row of rows) {
      expect(fieldsOf(row)).toEqual(expect.arrayContaining(['preset', 'backend', 'imagesPerSecond', 'gigaflops']));
      const [middle, least] = [
        field(row, 'milliseconds', parseNumber()),
        field(row, 'leastMilliseconds', parseNumber()),
      ];
      expect(least).toBeGreaterThan(0);
      expect(middle).toBeGreaterThanOrEqual(least);
      expect(field(row, 'repeats', parseNumber())).toBeGreaterThanOrEqual(3);
    }
  });

  it('shows a table to people', async () => {
    const { out, err } = await zoo(...tiny, '--batch-sizes', '2');
    expect(out).toMatch(/^alexnet\/cifar10-quick +Batch +ms +Min +Images\/s +GFLOP\/s$/m);
    expect(out).toMatch(/^training step +2( +[\d.,]+){4}$/m);
    expect(err).toMatch(/^wasm: /);
  });

  it('refuses sizes that are none', async () => {
    const { code, err } = await zoo(...tiny, '--batch-sizes', '1,,8');
    expect(code).toBe(2);
    expect(err).toContain(
      "'--batch-sizes <list>' argument '1,,8' is invalid. Expected a whole number from 1 to 65536.",
    );
  });
});
