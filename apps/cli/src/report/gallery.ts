import type { Prediction } from '@zoo/trainers';
import { percent } from '../rendering/quantities.ts';
import { element, escaped } from './markup.ts';

/** A test picture with what the network makes of it. */
export interface ClassifiedExample {
  /** Name of its file in the run's folder, or its number. */
  name: string;
  /** Where it lies in the data's folder, to be shown. */
  file?: string;
  /** What it shows. */
  label: string;
  predictions: readonly Prediction[];
  /** The picture as a PNG file, small enough for a page. */
  png: Uint8Array;
  width: number;
  height: number;
}

function predictionLine({ label, probability }: Prediction, actual: string): string {
  const width = Math.max(1, Math.round(probability * 100));
  return element(
    'li',
    { class: label === actual ? 'actual' : undefined },
    element('span', { class: 'bar', style: `width:${width}%` }, ''),
    element('span', { class: 'guess' }, escaped(label)),
    element('span', { class: 'number' }, percent(probability)),
  );
}

function card({ name, file, label, predictions, png, width, height }: ClassifiedExample): string {
  const first = predictions[0]?.label ?? '';
  const right = first === label;
  const verdict = right ? '✓ right' : `✗ taken for ${first}`;
  return element(
    'figure',
    { class: `example ${right ? 'right' : 'wrong'}` },
    element('img', {
      src: `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
      alt: `Test picture of class ${label}`,
      title: file ?? name,
      width,
      height,
      class: Math.max(width, height) < 100 ? 'pixels' : undefined,
    }),
    element(
      'figcaption',
      {},
      element('strong', {}, escaped(label)),
      element('span', { class: 'verdict' }, escaped(verdict)),
      ...(file === undefined
        ? []
        : [element('span', { class: 'file', title: file }, element('bdi', {}, escaped(file)))]),
      element('ol', {}, ...predictions.map((prediction) => predictionLine(prediction, label))),
    ),
  );
}

/** Pictures with guesses. Right and wrong differ by sign, words and border, not by colour alone. */
export const gallery = (examples: readonly ClassifiedExample[]): string =>
  element('div', { class: 'gallery' }, ...examples.map(card));
