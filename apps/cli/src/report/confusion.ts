import { scaleSqrt } from 'd3-scale';
import { shortened } from '../rendering/columns-of.ts';
import { percent, thousands } from '../rendering/quantities.ts';
import { chart, label } from './chart.ts';
import { element, escaped } from './markup.ts';

/** Above this many classes, cells are too small for numbers. */
const maxClassesWithCounts = 20;
/** Above this many classes, rows are too small for names. */
export const maxClassesWithNames = 60;
/** Shares of a row are drawn in this many strengths where there are many cells. */
const strengths = 12;

const style = `
.zoo .cell { fill: var(--strong); }
.zoo .frame { fill: none; stroke: var(--line); }
.zoo .count { fill: var(--ink); text-anchor: middle; }
.zoo .strong { fill: var(--on-strong); }
.zoo .own { font-weight: 600; }
.zoo .name { fill: var(--ink); }
.zoo .diagonal { fill: none; stroke: var(--ink); stroke-width: 1; opacity: 0.35; }`;

/** Opacity of a share: the square root, so that a confusion of one in twenty is seen at all. */
const opacity = scaleSqrt([0, 1], [0, 1]);

/** Letters are about this wide, for leaving room for names. */
const letter = 6.7;

/** Names longer than this are cut: the cells' tips have them whole. */
const maxNameLength = 26;

interface Row {
  counts: readonly number[];
  total: number;
}

const shareOf = (count: number, { total }: Row): number => (total === 0 ? 0 : count / total);

function cell(row: Row, actual: number, predicted: number, size: number, names: readonly string[]): string[] {
  const count = row.counts[predicted] ?? 0;
  const share = shareOf(count, row);
  const strength = opacity(share);
  const at = { x: predicted * size, y: actual * size };
  const tip = `${thousands(count)} of ${thousands(row.total)} pictures of ${names[actual]} taken for ${names[predicted]} (${percent(share)})`;
  return [
    element(
      'rect',
      { class: 'cell', ...at, width: size, height: size, 'fill-opacity': strength },
      element('title', {}, escaped(tip)),
    ),
    ...(count === 0
      ? []
      : [
          label(thousands(count), {
            class: `count${actual === predicted ? ' own' : ''}${strength > 0.6 ? ' strong' : ''}`,
            x: at.x + size / 2,
            y: at.y + size / 2 + 4,
          }),
        ]),
  ];
}

/** Cells without numbers, one path a strength: a thousand classes stay a file that opens. */
function paths(rows: readonly Row[], size: number): string[] {
  const drawn = Array.from({ length: strengths }, () => [] as string[]);
  for (const [actual, row] of rows.entries())
    for (const [predicted, count] of row.counts.entries()) {
      if (count === 0) continue;
      const strength = Math.min(strengths - 1, Math.floor(opacity(shareOf(count, row)) * strengths));
      const [x, y, side] = [predicted * size, actual * size, size].map((value) => Math.round(value * 100) / 100);
      drawn[strength]?.push(`M${x} ${y}h${side}v${side}h-${side}z`);
    }
  return drawn.flatMap((cells, strength) =>
    cells.length === 0
      ? []
      : [element('path', { class: 'cell', 'fill-opacity': (strength + 1) / strengths, d: cells.join('') })],
  );
}

/** How the drawing stands in a page: on a phone of 400 pixels the page leaves 368. */
interface Layout {
  /** Of a side of all cells with counts, at most. */
  side: number;
  /** Of a cell with a count, at least. */
  least: number;
  /** Around names and cells. */
  margin: number;
}

const layouts = {
  wide: { side: 440, least: 40, margin: 34 },
  // Three digits fit in the least.
  narrow: { side: 350, least: 26, margin: 14 },
} as const satisfies Record<string, Layout>;

/**
 * The side of a cell. The names of a narrow drawing leave less room for cells.
 *
 * @param longest Width of the longest name.
 */
function sizeOf(number: number, longest: number, layout: keyof typeof layouts): number {
  const { side, least } = layouts[layout];
  if (number > maxClassesWithCounts) return Math.max(1, 640 / number);
  return Math.max(least, Math.min(64, (layout === 'narrow' ? side - longest : side) / number));
}

/** Which class was taken for which, a row an actual class, as an SVG document. */
export function confusionMatrix(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
  layout: keyof typeof layouts = 'wide',
): string {
  const { margin } = layouts[layout];
  const number = classes.length;
  const rows = confusion.map((counts): Row => ({ counts, total: counts.reduce((sum, count) => sum + count, 0) }));
  const named = number <= maxClassesWithNames;
  const longest = named ? letter * Math.max(...classes.map((name) => shortened(name, maxNameLength).length)) : 0;
  const size = sizeOf(number, longest, layout);
  const side = size * number;
  const upright = longest + 14 > size;
  const left = margin + longest;
  const top = 90 + (upright ? longest : 16);
  const names = named
    ? classes.flatMap((name, index) => {
        const middle = (index + 0.5) * size;
        return [
          label(shortened(name, maxNameLength), { class: 'name', x: -10, y: middle + 4, 'text-anchor': 'end' }),
          upright
            ? label(shortened(name, maxNameLength), {
                class: 'name',
                transform: `translate(${middle + 4} -10) rotate(-90)`,
              })
            : label(shortened(name, maxNameLength), { class: 'name', x: middle, y: -10, 'text-anchor': 'middle' }),
        ];
      })
    : [];
  const cells =
    number <= maxClassesWithCounts
      ? rows.flatMap((row, actual) => classes.flatMap((_, predicted) => cell(row, actual, predicted, size, classes)))
      : paths(rows, size);
  const diagonal =
    number <= maxClassesWithCounts
      ? classes.map((_, index) =>
          element('rect', {
            class: 'diagonal',
            x: index * size + 0.5,
            y: index * size + 0.5,
            width: size - 1,
            height: size - 1,
          }),
        )
      : [];
  return chart(
    {
      width: left + Math.max(side, 190) + (layout === 'narrow' ? 2 : 20),
      height: top + side + 20,
      title: 'Confusion matrix',
      description:
        'A row is the actual class of a picture, a column the predicted class. The stronger a cell, the larger its share of the row.',
      style,
    },
    label('Confusion matrix', { class: 'title', x: left, y: 22 }),
    label('row: actual class', { x: left, y: 42 }),
    label('column: predicted class', { x: left, y: 58 }),
    element(
      'g',
      { transform: `translate(${left} ${top})` },
      element('rect', { class: 'frame', x: 0, y: 0, width: side, height: side }),
      ...cells,
      ...diagonal,
      ...names,
    ),
  );
}
