import { escaped, htmlTable } from '../views/html.ts';
import sizes from './sizes.json';

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)}`;

export default {
  load: () => ({
    table: htmlTable(
      [{ title: 'A page with' }, { title: 'At first', numeric: true }, { title: 'In all', numeric: true }],
      sizes.rows.map(({ title, first, all }) => [escaped(title), kilobytes(first), kilobytes(all)]),
    ),
    wasm: sizes.wasm.map(({ name, gzip }) => `${name} ${kilobytes(gzip)} kB`).join(', '),
  }),
};

export declare const data: { table: string; wasm: string };
