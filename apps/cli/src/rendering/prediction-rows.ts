import { printableName } from '@zoo/core';
import type { Colours } from '../terminal.ts';
import { filledBar } from './bar.ts';
import { columnsOf, endOf, padded, shortened } from './columns-of.ts';
import type { ClassifiedPicture } from './prediction-chart.ts';
import { percent } from './quantities.ts';
import { shortNames } from './short-names.ts';

const barWidth = 12;
/** Names longer than this are cut, and may be cut to the other where the terminal is narrow. */
const maxNameWidth = { image: 40, label: 28 } as const;
const minNameWidth = { image: 14, label: 10 } as const;
/** Of a class without a name. */
const maxNumberWidth = 4;

const widthOf = (names: readonly string[], most: number): number =>
  Math.min(most, Math.max(0, ...names.map(columnsOf)));

/** What is known before the first picture is looked at. */
export interface PredictionRowsOptions {
  /** Whether some pictures are known to show something: what it is stands beside each that is wrong. */
  hasTruths: boolean;
  colours: Colours;
  /** Of the terminal. */
  columns: number;
}

/**
 * A line for each picture with the first guess alone: mark, name, guess, how sure it is. Columns are as wide as these
 * pictures and labels ask for, so that each line can be printed as soon as it is known. Where the terminal is narrow the bar goes
 * first, then the names are cut.
 */
export function predictionRows(
  images: readonly string[],
  labels: readonly string[],
  { hasTruths, colours: { bold, cyan, green, red }, columns }: PredictionRowsOptions,
): (classified: ClassifiedPicture) => string {
  const names = new Map(Array.from(shortNames(images), ([image, short]) => [image, printableName(short)]));
  const width = {
    image: widthOf([...names.values()], maxNameWidth.image),
    label: widthOf(labels.map(printableName), maxNameWidth.label) || maxNumberWidth,
  };
  const wrong = 'shows ';
  const note = () => (hasTruths ? 2 + wrong.length + width.label : 0);
  const needed = () => 2 + width.image + 2 + width.label + 9 + note();
  const bar = needed() + 2 + barWidth <= columns;
  const cut = (name: 'image' | 'label', share: number) => {
    width[name] = Math.min(
      width[name],
      Math.max(minNameWidth[name], width[name] - Math.ceil((needed() - columns) / share)),
    );
  };
  if (needed() > columns) cut('image', 1);
  if (needed() > columns) cut('label', hasTruths ? 2 : 1);
  return ({ image, predictions, actual }) => {
    const { label = '', probability = 0 } = predictions[0] ?? {};
    const known = actual !== undefined;
    const right = label === actual;
    const cells = [
      known ? (right ? green('✓') : red('✗')) : ' ',
      padded(endOf(names.get(image) ?? '', width.image), width.image),
      ` ${bold(padded(shortened(printableName(label), width.label), width.label))}`,
      percent(probability).padStart(8),
      ...(bar ? [` ${cyan(filledBar(probability, barWidth).padEnd(barWidth))}`] : []),
      known && !right ? ` ${red(`${wrong}${shortened(printableName(actual), width.label)}`)}` : '',
    ];
    return cells.join(' ').trimEnd();
  };
}
