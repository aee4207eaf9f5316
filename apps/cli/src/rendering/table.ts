import type { Colours } from '../terminal.ts';
import { columnsOf, padded, shortened } from './columns-of.ts';
import { wrapped } from './wrapped.ts';

export interface Column {
  title: string;
  align: 'left' | 'right';
  /** Of the last column: what is too long for it goes on in further lines, instead of being cut. */
  wrap?: true;
}

/** A last column that would have to be narrower than this stands below the others instead. */
const minColumnWidth = 24;
const indent = '  ';

/**
 * Rows under titles, columns as wide as their widest cell. Where the terminal is narrow, the last column gives way;
 * where it is too narrow for that, the last cell of a row stands whole on lines of its own.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { colours, width }: { colours: Colours; width: number },
): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(columnsOf(title), ...rows.map((row) => columnsOf(row[index] ?? ''))),
  );
  const last = columns.length - 1;
  const others = widths.slice(0, last).reduce((sum, own) => sum + own + 2, 0);
  const wanted = widths[last] ?? 0;
  const room = width - others;
  const below = wanted > room && room < minColumnWidth;
  widths[last] = Math.min(wanted, Math.max(1, room));
  const columnWidth = below ? last : columns.length;
  const line = (cells: readonly string[]) =>
    columns
      .slice(0, columnWidth)
      .map(({ align }, index) => {
        const own = widths[index] ?? 0;
        return padded(shortened(cells[index] ?? '', own), own, align);
      })
      .join('  ')
      .trimEnd();
  const lines = (cells: readonly string[]): string[] => {
    const text = cells[last] ?? '';
    if (below) return [line(cells), ...wrapped(text, Math.max(1, width - indent.length)).map((one) => indent + one)];
    if (!columns[last]?.wrap) return [line(cells)];
    const [first = '', ...further] = wrapped(text, widths[last] ?? 0);
    return [line([...cells.slice(0, last), first]), ...further.map((one) => ' '.repeat(others) + one)];
  };
  const total = below ? others - 2 : others + (widths[last] ?? 0);
  return [
    ...lines(columns.map(({ title }) => title)).map((text) => colours.bold(text)),
    colours.dim('─'.repeat(Math.min(width, total))),
    ...rows.flatMap(lines),
  ].join('\n');
}
