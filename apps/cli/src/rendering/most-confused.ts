import { thousands } from './quantities.ts';
import { shownName } from './shown-name.ts';

/** How often pictures of a class were taken for another. */
export interface Confusion {
  actual: string;
  predicted: string;
  count: number;
}

const maxShown = 3;

/** `cat taken for dog (12), dog taken for cat (7)`: what happens twice or more, the most frequent first. Nothing where nothing does. */
export const mostConfused = (confusions: readonly Confusion[]): string | undefined =>
  confusions
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.count - a.count)
    .slice(0, maxShown)
    .map(
      ({ actual, predicted, count }) => `${shownName(actual)} taken for ${shownName(predicted)} (${thousands(count)})`,
    )
    .join(', ') || undefined;

/** The confusions of a matrix with a row an actual class. */
export const confusionsOf = (matrix: readonly (readonly number[])[], classes: readonly string[]): Confusion[] =>
  matrix.flatMap((row, actual) =>
    row.flatMap((count, predicted) =>
      predicted === actual ? [] : [{ actual: classes[actual] ?? '', predicted: classes[predicted] ?? '', count }],
    ),
  );
