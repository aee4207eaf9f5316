import { maxClassesWithNames } from './confusion.ts';
import { element } from './markup.ts';

/** A drawn confusion matrix in a page. On a phone one with names keeps its size, so that they can be read, and is scrolled. */
export const matrixFigure = (matrix: string, classes: readonly string[]): string =>
  classes.length > maxClassesWithNames
    ? element('figure', {}, matrix)
    : element('figure', { class: 'wide matrix', tabindex: 0, role: 'region', 'aria-label': 'Confusion matrix' }, matrix);
