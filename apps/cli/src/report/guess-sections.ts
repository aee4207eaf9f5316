import { type ClassifiedExample, gallery } from './gallery.ts';
import { section } from './page.ts';

/** Test pictures that say most about a network. */
export interface ShownGuesses {
  /** The surest mistakes, the worst first. */
  mistakes: readonly ClassifiedExample[];
  /** What it was least certain of, right or wrong. */
  uncertain: readonly ClassifiedExample[];
  /** What it was most certain of, and right. */
  confident: readonly ClassifiedExample[];
}

/** Each kind as a section; none of a kind without pictures. */
export const guessSections = ({ mistakes, uncertain, confident }: ShownGuesses): string[] =>
  (
    [
      [
        'Its worst mistakes',
        'The misclassified test pictures with the highest predicted probability. Look at them: some may have a wrong label.',
        mistakes,
      ],
      [
        'Where it is least certain',
        'The test pictures whose most probable class has the lowest probability.',
        uncertain,
      ],
      ['Where it is most certain', 'The correctly classified test pictures with the highest probability.', confident],
    ] as const
  )
    .filter(([, , pictures]) => pictures.length > 0)
    .map(([title, note, pictures]) => section(title, note, gallery(pictures)));
