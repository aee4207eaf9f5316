import { type ClassifiedExample, gallery } from './gallery.ts';
import { section } from './page.ts';

/** The surest mistakes as a section, or none where there are no mistakes. */
export const worstMistakes = (mistakes: readonly ClassifiedExample[]): string[] =>
  mistakes.length === 0
    ? []
    : [
        section(
          'Its worst mistakes',
          'The test pictures that it took for something else and was surest of, the surest first. Look at them: some may lie in the wrong class.',
          gallery(mistakes),
        ),
      ];
