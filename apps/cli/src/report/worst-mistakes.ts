import { type ClassifiedExample, gallery } from './gallery.ts';
import { section } from './page.ts';

/** The surest mistakes as a section, or none where there are no mistakes. */
export const worstMistakes = (mistakes: readonly ClassifiedExample[]): string[] =>
  mistakes.length === 0
    ? []
    : [
        section(
          'Its worst mistakes',
          'The misclassified test pictures with the highest predicted probability. Look at them: some may have a wrong label.',
          gallery(mistakes),
        ),
      ];
