import type { Terminal } from '../terminal.ts';
import { wrapped } from './wrapped.ts';

const nameWidth = 12;

/** Names and values, a fact a line; a value that is too long goes on below its beginning. */
export const facts = (
  rows: readonly (readonly [name: string, value: string])[],
  { columns }: Pick<Terminal, 'columns'>,
): string =>
  rows
    .map(
      ([name, value]) =>
        name.padEnd(nameWidth) + wrapped(value, columns - nameWidth).join(`\n${' '.repeat(nameWidth)}`),
    )
    .join('\n');
