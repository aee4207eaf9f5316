import { confusionMatrix, maxClassesWithNames } from './confusion.ts';
import { element } from './markup.ts';

/**
 * The confusion matrix in a page: as wide as there is room, and drawn narrower for a phone, with letters of the same size, scrolled if it
 * does not fit. One without names is scaled down.
 */
export function matrixFigure(confusion: readonly (readonly number[])[], classes: readonly string[]): string {
  const whole = confusionMatrix(confusion, classes);
  if (classes.length > maxClassesWithNames) return element('figure', {}, whole);
  const scrolled = { tabindex: 0, role: 'region', 'aria-label': 'Confusion matrix' };
  return (
    element('figure', { class: 'wide-screen' }, whole) +
    element('figure', { class: 'phone wide matrix', ...scrolled }, confusionMatrix(confusion, classes, 'narrow'))
  );
}
