import { csvRow } from './csv-row.ts';
import type { ClassifiedPicture } from './prediction-chart.ts';
import { isWrong } from './score-lines.ts';

/** A picture that could not be read. */
export interface UnreadablePicture {
  image: string;
  error: string;
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
  return [titles, ...rows.map(cells)].map(csvRow).join('');
}
