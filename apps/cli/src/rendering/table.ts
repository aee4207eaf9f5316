import type { Colours } from '../terminal.ts';

export interface Column {
  title: string;
  align: 'left' | 'right';
}

/** Text in at most this many characters. */
export const shortened = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1)).trimEnd()}…`;

/** Rows under titles, columns as wide as their widest cell. The last column gives way when the terminal is narrow. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { colours, width }: { colours: Colours; width: number },
): string {
  const widths = columns.map(({ title }, place) =>
    Math.max(title.length, ...rows.map((row) => row[place]?.length ?? 0)),
  );
  const last = columns.length - 1;
  const others = widths.slice(0, last).reduce((sum, own) => sum + own + 2, 0);
  widths[last] = Math.min(widths[last] ?? 0, Math.max(12, width - others));
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, place) => {
        const own = widths[place] ?? 0;
        const cell = shortened(cells[place] ?? '', own);
        return align === 'right' ? cell.padStart(own) : cell.padEnd(own);
      })
      .join('  ')
      .trimEnd();
  return [
    colours.bold(line(columns.map(({ title }) => title))),
    colours.dim('─'.repeat(Math.min(width, others + (widths[last] ?? 0)))),
    ...rows.map(line),
  ].join('\n');
}
