import type { Guess } from '@zoo/trainers';
import type { Colours } from '../terminal.ts';
import { filledBar } from './bar.ts';
import { percent } from './quantities.ts';

/** What a network takes a picture for. */
export interface Judgement {
  image: string;
  guesses: readonly Guess[];
  /** What it shows, where its name says so. */
  actual: string | undefined;
}

const barWidth = 30;

function verdict({ guesses, actual }: Judgement, { green, red }: Colours): string {
  if (actual === undefined) return '';
  return guesses[0]?.label === actual ? `  ${green('✓ right')}` : `  ${red(`✗ wrong, shows: ${actual}`)}`;
}

/** A picture's guesses as a small bar chart in text, marked right or wrong where that is known. */
export function guessChart(judgement: Judgement, colours: Colours): string {
  const { image, guesses, actual } = judgement;
  const width = Math.max(...guesses.map(({ label }) => label.length));
  const lines = guesses.map(({ label, probability }) => {
    const name = label.padEnd(width);
    const bar = filledBar(probability, barWidth);
    return `  ${label === actual ? colours.bold(name) : name}  ${percent(probability).padStart(7)}  ${colours.cyan(bar)}`.trimEnd();
  });
  return [`${colours.bold(image)}${verdict(judgement, colours)}`, ...lines].join('\n');
}
