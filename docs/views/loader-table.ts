import { escaped, htmlTable } from './html.ts';

/** The median of several rounds, with the least and the most. */
interface Spread {
  median: number;
  least: number;
  most: number;
}

/** What is used here of a report of bench/loader.mjs. */
export interface LoaderMeasured {
  title: string;
  imagesPerSecond: Spread;
  /** For each picture. */
  processorMilliseconds: Spread;
  /** To the last contender's rate in the same round. */
  ratio: Spread;
}

/** A row for each contender: its rate, how many times the last one's that is with its spread, and the processor's time. */
export function loaderTable(results: readonly LoaderMeasured[]): string {
  return htmlTable(
    [
      { title: 'Contender' },
      { title: 'Images a second', numeric: true },
      { title: 'Ratio (rounds)', numeric: true },
      { title: 'Processor time for each', numeric: true },
    ],
    results.map(({ title, imagesPerSecond, processorMilliseconds, ratio }) => [
      escaped(title),
      imagesPerSecond.median.toFixed(0),
      `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)})`,
      `${processorMilliseconds.median.toFixed(2)} ms`,
    ]),
  );
}
