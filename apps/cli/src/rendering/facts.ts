import type { Terminal } from '../terminal.ts';
import { columnsOf, padded } from './columns-of.ts';
import { wrapped } from './wrapped.ts';

/** Names and values, a fact a line; a value that is too long goes on below its beginning. */
export const facts = (
  rows: readonly (readonly [name: string, value: string])[],
  { columns }: Pick<Terminal, 'columns'>,
): string => {
  const nameWidth = Math.max(12, ...rows.map(([name]) => columnsOf(name) + 2));
  return rows
    .map(
      ([name, value]) =>
        padded(name, nameWidth) + wrapped(value, columns - nameWidth).join(`\n${' '.repeat(nameWidth)}`),
    )
    .join('\n');
};
