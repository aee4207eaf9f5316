import path from 'node:path';
import type { Colours } from '../terminal.ts';
import { filledBar } from './bar.ts';
import type { Judgement } from './guess-chart.ts';
import { percent } from './quantities.ts';
import { shortened } from './table.ts';

const barWidth = 12;
/** Names longer than this are cut. */
const longest = { image: 40, label: 28 } as const;
/** Of a class without a name. */
const longestNumber = 4;

const widthOf = (names: readonly string[], most: number): number =>
  Math.min(most, Math.max(0, ...names.map((name) => name.length)));

/** Names without their folders, where those tell no pictures apart. */
function shortNames(images: readonly string[]): Map<string, string> {
  const names = images.map((image) => path.basename(image));
  const plain = new Set(names).size === new Set(images).size;
  return new Map(images.map((image, index) => [image, plain ? (names[index] ?? image) : image]));
}

/**
 * A line for each picture with the first guess alone: mark, name, guess, how sure it is. Columns are as wide as these
 * pictures and labels ask for, so that each line can be printed as soon as it is known.
 */
export function guessRows(
  images: readonly string[],
  labels: readonly string[],
  { bold, cyan, green, red }: Colours,
): (judgement: Judgement) => string {
  const names = shortNames(images);
  const width = {
    image: widthOf([...names.values()], longest.image),
    label: widthOf(labels, longest.label) || longestNumber,
  };
  return ({ image, guesses, actual }) => {
    const { label = '', probability = 0 } = guesses[0] ?? {};
    const known = actual !== undefined;
    const right = label === actual;
    const cells = [
      known ? (right ? green('✓') : red('✗')) : ' ',
      shortened(names.get(image) ?? image, width.image).padEnd(width.image),
      ` ${bold(shortened(label, longest.label).padEnd(width.label))}`,
      percent(probability).padStart(8),
      ` ${cyan(filledBar(probability, barWidth).padEnd(barWidth))}`,
      known && !right ? ` ${red(`wrong, shows: ${actual}`)}` : '',
    ];
    return cells.join(' ').trimEnd();
  };
}
