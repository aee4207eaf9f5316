import type { Evaluation } from '@zoo/trainers';
import { counted, percent, thousands } from '../rendering/quantities.ts';
import { classTable } from './class-table.ts';
import { guessSections, type ShownGuesses } from './guess-sections.ts';
import { commandMarkup, element } from './markup.ts';
import { matrixFigure } from './matrix-figure.ts';
import { heading, numberRow, page, remarks, section } from './page.ts';

export interface EvaluationContent {
  /** What was tested, and on what, as the user named them. */
  weights: string;
  data: string;
  classes: readonly string[];
  evaluation: Evaluation;
  guesses: ShownGuesses;
  /** What bears on the result, in sentences: that pictures were trained on, or left out. */
  notes: readonly string[];
  /** The command that did it. */
  command: string;
}

/** A test as one page that needs no other file. */
export function evaluationPage({
  weights,
  data,
  classes,
  evaluation,
  guesses,
  notes,
  command,
}: EvaluationContent): string {
  const { loss, top1, top5, examples, confusion } = evaluation;
  const right = Math.round(top1 * examples);
  return page(
    `${weights} on ${data}`,
    heading(
      `${weights} on ${data}`,
      `${percent(top1)} of the test pictures classified correctly`,
      `Of ${counted(examples, 'picture')} it classified ${thousands(right)} correctly. Guessing blindly would be right for about one in ${thousands(classes.length)}.`,
    ),
    remarks(notes),
    numberRow([
      ['top-1 accuracy', percent(top1)],
      ...(classes.length > 5 ? [['top-5 accuracy', percent(top5)] as const] : []),
      ['loss', loss.toFixed(3)],
      ['test pictures', thousands(examples)],
    ]),
    ...guessSections(guesses),
    section(
      'Class by class',
      'How many test pictures of each class were classified correctly.',
      classTable(confusion, classes),
    ),
    section(
      'Confusion matrix',
      'A row holds the pictures of one class, a column those that the network assigned to one class. The diagonal is right.',
      matrixFigure(confusion, classes),
    ),
    element('footer', {}, `Made by ${element('code', {}, commandMarkup(command))}`),
  );
}
