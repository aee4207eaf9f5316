import { expect, it } from 'vitest';
import { loaderTable } from './loader-table.ts';

it('shows the median rate of each contender, its ratio with the spread of the rounds, and its processor time', () => {
  const zoo = {
    title: 'zoo',
    imagesPerSecond: { median: 900.4, least: 880, most: 950 },
    processorMilliseconds: { median: 1.966, least: 1.9, most: 2 },
    ratio: { median: 1.8, least: 1.65, most: 2 },
  };
  expect(loaderTable([zoo])).toContain(
    '<tr><td>zoo</td><td class="numeric">900</td><td class="numeric">1.80 (1.65 to 2.00)</td><td class="numeric">1.97 ms</td></tr>',
  );
});
