import { columnsOf, padded, startOf } from '../rendering/columns-of.ts';
import { wrapped } from '../rendering/wrapped.ts';
import type { Colours } from '../terminal.ts';

/** Shown for a missing value. */
const missingValue = '–';
const gap = 2;
/** Minimum width of a column: otherwise the next columns are placed below. */
const minColumnWidth = 16;
const maxTitleWidth = 24;

/** A word in pieces of at most `width`, broken behind a sign that divides it where there is one. */
function pieces(word: string, width: number): string[] {
  if (columnsOf(word) <= width) return [word];
  const most = startOf(word, width).length;
  const sign = Math.max(...['/', '-', '_', '.'].map((one) => word.lastIndexOf(one, most - 1)));
  const end = sign > 0 ? sign + 1 : most;
  return [word.slice(0, end), ...pieces(word.slice(end), width)];
}

const lines = (text: string, width: number): string[] => wrapped(text, width).flatMap((line) => pieces(line, width));

/** A row in as many lines as its tallest cell. */
function padRow(cells: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, index) => padded(cell[line] ?? '', widths[index] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

/** A title, and a value for each run. */
export type RunsRow = readonly [title: string, ...values: (string | undefined)[]];

/**
 * A table with a column a run, its rows in groups: where not all runs fit beside each other, the others follow below, with the
 * titles again.
 */
export function sideBySide(
  runs: readonly string[],
  groups: readonly (readonly RunsRow[])[],
  { colours, columns }: { colours: Colours; columns: number },
): string {
  const shown = groups.filter((group) => group.length > 0);
  const rows = shown.flat();
  const titles = Math.min(
    maxTitleWidth,
    Math.max(minColumnWidth, columns - minColumnWidth - gap),
    Math.max(...rows.map(([title]) => columnsOf(title))),
  );
  const room = columns - titles;
  const atOnce = Math.max(1, Math.min(runs.length, Math.floor(room / (minColumnWidth + gap))));
  const most = Math.max(minColumnWidth, Math.floor(room / atOnce) - gap);
  const blocks: string[] = [];
  for (let from = 0; from < runs.length; from += atOnce) {
    const places = runs.slice(from, from + atOnce).map((_, index) => from + index);
    const cellsOf = (place: number) => rows.map(([, ...values]) => values[place] ?? missingValue);
    const widths = [
      titles,
      ...places.map((place) => Math.min(most, Math.max(...[runs[place] ?? '', ...cellsOf(place)].map(columnsOf)))),
    ];
    const cut = (texts: readonly string[]) => texts.map((text, index) => lines(text, widths[index] ?? most));
    const head = padRow(cut(['', ...places.map((place) => runs[place] ?? '')]), widths);
    const total = widths.reduce((sum, width) => sum + width + gap, -gap);
    const rule = colours.dim('─'.repeat(total));
    const body = shown.flatMap((group) => [
      rule,
      ...group.flatMap(([title, ...values]) =>
        padRow(cut([title, ...places.map((place) => values[place] ?? missingValue)]), widths),
      ),
    ]);
    blocks.push([...head.map((line) => colours.bold(line)), ...body].join('\n'));
  }
  return blocks.join('\n\n');
}
