import type { ClassifiedPicture } from './prediction-chart.ts';
import { isWrong } from './score-lines.ts';

/** A picture that could not be read. */
export interface UnreadablePicture {
  image: string;
  error: string;
}

/**
 * What spreadsheets compute instead of showing it: `=HYPERLINK(...)`, `-rf`, also behind spaces and in full width (OWASP, CSV Injection). A
 * number is none.
 */
const isFormula = (text: string): boolean =>
  /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) && Number.isNaN(Number(text));

/** A cell as RFC 4180 has it: in quotes where it holds what divides cells, and behind an apostrophe where it would be a formula. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && isFormula(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A row a picture under a row of titles: `image,truth,right,guess_1,probability_1,guess_2,probability_2,...,error`. Unknown truths
 * leave their cells empty. Names that a spreadsheet would take for formulas have an apostrophe before them.
 *
 * @param top Guesses a picture.
 */
export function predictionsCsv(rows: readonly (ClassifiedPicture | UnreadablePicture)[], top: number): string {
  const places = Array.from({ length: top }, (_, index) => index);
  const titles = [
    'image',
    'truth',
    'right',
    ...places.flatMap((place) => [`guess_${place + 1}`, `probability_${place + 1}`]),
    'error',
  ];
  const cells = (row: ClassifiedPicture | UnreadablePicture): (string | number)[] => {
    if ('error' in row) return [row.image, '', '', ...places.flatMap(() => ['', '']), row.error];
    const predictions = places.flatMap((place) => [
      row.predictions[place]?.label ?? '',
      row.predictions[place]?.probability ?? '',
    ]);
    const right = row.actual === undefined ? '' : String(!isWrong(row));
    return [row.image, row.actual ?? '', right, ...predictions, ''];
  };
  return [titles, ...rows.map(cells)].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}
