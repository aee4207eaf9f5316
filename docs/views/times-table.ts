import { escaped, htmlTable } from './html.ts';
import { milliseconds } from './numbers.ts';

/** What is used here of a report of bench/run.mjs. */
export interface Measured {
  network: string;
  work: string;
  batch: number;
  contender: string;
  title: string;
  /** Median. */
  milliseconds: number;
  /** The first contender's time divided by this one's. */
  ratio: number;
}

const works: Readonly<Record<string, string>> = { forward: 'forward', step: 'training step' };

const nameOf = ({ network, work, batch }: Measured): string =>
  `<code>${escaped(network)}</code> ${works[work] ?? escaped(work)}, batch ${batch}`;

/** The titles of the contenders, by their names in the benchmark. */
const titlesOf = (results: readonly Measured[]): ReadonlyMap<string, string> =>
  new Map(results.map(({ contender, title }) => [contender, title]));

/** A row for each thing measured, a column for each contender: its time, and how many times the first one's that is. */
export function timesTable(results: readonly Measured[]): string {
  const contenders = [...titlesOf(results).keys()];
  const cell = (row: string, contender: string): string => {
    const measured = results.find((one) => nameOf(one) === row && one.contender === contender);
    if (!measured) return '';
    return `${milliseconds(measured.milliseconds)}<br><span class="aside">${(1 / measured.ratio).toFixed(2)} ×</span>`;
  };
  return htmlTable(
    [{ title: 'Median time' }, ...contenders.map((title) => ({ title, numeric: true as const }))],
    [...new Set(results.map(nameOf))].map((row) => [row, ...contenders.map((contender) => cell(row, contender))]),
  );
}

export const contendersTable = (results: readonly Measured[]): string =>
  htmlTable(
    [{ title: 'Contender' }, { title: 'What computes' }],
    [...titlesOf(results)].map(([name, title]) => [`<code>${escaped(name)}</code>`, escaped(title)]),
  );
