import { wrapped } from '../rendering/wrapped.ts';
import type { Colours } from '../terminal.ts';

/** What stands where a run has nothing. */
const nothing = '–';
const gap = 2;
/** A column is no narrower, or the next ones go below. */
const narrowest = 16;
const longestTitle = 24;

/** Text in lines of at most `width`: broken between words, and inside one that is longer. */
const lines = (text: string, width: number): string[] =>
  wrapped(text, width).flatMap((line) =>
    line.length <= width
      ? [line]
      : Array.from({ length: Math.ceil(line.length / width) }, (_, part) =>
          line.slice(part * width, (part + 1) * width),
        ),
  );

/** A row in as many lines as its tallest cell. */
function tall(cells: readonly (readonly string[])[], widths: readonly number[]): string[] {
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, place) => (cell[line] ?? '').padEnd(widths[place] ?? 0))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

/**
 * A table with a column a run: where not all fit beside each other, the others follow below, with the titles again.
 *
 * @param rows A title, and a value for each run.
 */
export function sideBySide(
  runs: readonly string[],
  rows: readonly (readonly [title: string, ...values: (string | undefined)[]])[],
  { colours, columns }: { colours: Colours; columns: number },
): string {
  const titles = Math.min(longestTitle, Math.max(...rows.map(([title]) => title.length)));
  const room = columns - titles;
  const atOnce = Math.max(1, Math.min(runs.length, Math.floor(room / (narrowest + gap))));
  const most = Math.max(narrowest, Math.floor(room / atOnce) - gap);
  const blocks: string[] = [];
  for (let from = 0; from < runs.length; from += atOnce) {
    const places = runs.slice(from, from + atOnce).map((_, index) => from + index);
    const cellsOf = (place: number) => rows.map(([, ...values]) => values[place] ?? nothing);
    const widths = [
      titles,
      ...places.map((place) =>
        Math.min(most, Math.max(...[runs[place] ?? '', ...cellsOf(place)].map((text) => text.length))),
      ),
    ];
    const cut = (texts: readonly string[]) => texts.map((text, place) => lines(text, widths[place] ?? most));
    const head = tall(cut(['', ...places.map((place) => runs[place] ?? '')]), widths);
    const body = rows.flatMap(([title, ...values]) =>
      tall(cut([title, ...places.map((place) => values[place] ?? nothing)]), widths),
    );
    const total = widths.reduce((sum, width) => sum + width + gap, -gap);
    blocks.push([...head.map((line) => colours.bold(line)), colours.dim('─'.repeat(total)), ...body].join('\n'));
  }
  return blocks.join('\n\n');
}
