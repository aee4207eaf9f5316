import { expect, it } from 'vitest';
import { contendersTable, timesTable } from './times-table.ts';

const results = [
  { contender: 'zoo-wasm', title: 'zoo', milliseconds: 250, ratio: 1 },
  { contender: 'pytorch', title: 'PyTorch <2>', milliseconds: 1250, ratio: 0.2 },
].map((one) => ({ network: 'paper', work: 'step', batch: 8, ...one }));

it('shows the time of each contender and how many times the first one needs', () => {
  expect(timesTable(results)).toContain(
    '<tr><td><code>paper</code> training step, batch 8</td><td class="numeric">250 ms<br><span class="aside">1.00 ×</span></td><td class="numeric">1.25 s<br><span class="aside">5.00 ×</span></td></tr>',
  );
});

it('leaves a cell empty where a contender was not measured', () => {
  const table = timesTable([...results, { ...results[0], work: 'forward' } as (typeof results)[number]]);
  expect(table).toContain('1.00 ×</span></td><td class="numeric"></td></tr>');
});

it('lists the contenders', () => {
  expect(contendersTable(results)).toContain('<tr><td><code>pytorch</code></td><td>PyTorch &lt;2&gt;</td></tr>');
});
