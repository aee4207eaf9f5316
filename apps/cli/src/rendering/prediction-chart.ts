import { printableName } from '@zoo/core';
import type { Prediction } from '@zoo/trainers';
import { shownName } from '../pictures/named-pictures.ts';
import type { Colours } from '../terminal.ts';
import { filledBar } from './bar.ts';
import { columnsOf, padded, shortened } from './columns-of.ts';
import { percent } from './quantities.ts';

/** What a network takes a picture for. */
export interface ClassifiedPicture {
  image: string;
  predictions: readonly Prediction[];
  /** What it shows, where a name says so. */
  actual: string | undefined;
}

const barWidth = 30;
const minBarWidth = 8;
/** Between the margin, the name, the share and the bar. */
const gaps = 2 + 2 + 7 + 2;

function verdict({ predictions, actual }: ClassifiedPicture, { green, red }: Colours): string {
  if (actual === undefined) return '';
  return predictions[0]?.label === actual
    ? `  ${green('✓ right')}`
    : `  ${red(`✗ wrong, shows: ${printableName(actual)}`)}`;
}

/** A picture's guesses as a small bar chart in text, marked right or wrong where that is known. */
export function predictionChart(
  classified: ClassifiedPicture,
  { colours, columns }: { colours: Colours; columns: number },
): string {
  const { image, predictions, actual } = classified;
  const longest = Math.max(...predictions.map(({ label }) => columnsOf(printableName(label))));
  const width = Math.min(longest, Math.max(minBarWidth, columns - gaps - minBarWidth));
  const bars = Math.max(minBarWidth, Math.min(barWidth, columns - gaps - width));
  const lines = predictions.map(({ label, probability }) => {
    const name = padded(shortened(printableName(label), width), width);
    const bar = filledBar(probability, bars);
    return `  ${label === actual ? colours.bold(name) : name}  ${percent(probability).padStart(7)}  ${colours.cyan(bar)}`.trimEnd();
  });
  return [`${colours.bold(printableName(shownName(image)))}${verdict(classified, colours)}`, ...lines].join('\n');
}
