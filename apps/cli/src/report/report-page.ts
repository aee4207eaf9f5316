import type { Evaluation } from '@zoo/trainers';
import { counted, duration, percent, rate, thousands } from '../rendering/quantities.ts';
import { epochsDone } from '../run/epochs-done.ts';
import type { KeptBest } from '../run/kept-best.ts';
import type { RunRecord } from '../run/run-record.ts';
import { commandLine } from '../run/typed-command.ts';
import { trainingTime } from '../training/stretches.ts';
import { classTable } from './class-table.ts';
import { type FilterPictures, filterSection } from './filter-section.ts';
import { type ClassifiedExample, gallery } from './gallery.ts';
import { guessSections, type ShownGuesses } from './guess-sections.ts';
import { commandMarkup, element, escaped } from './markup.ts';
import { matrixFigure } from './matrix-figure.ts';
import { heading, numberRow, page, remarks, section } from './page.ts';
import { plainSummary } from './plain-summary.ts';
import { provenance } from './provenance.ts';
import { recipeSection } from './recipe-section.ts';

export interface ReportContent {
  record: RunRecord;
  evaluation: Evaluation;
  /** SVG documents: the curves beside each other, and below each other for a phone. */
  curves: { wide: string; narrow: string } | undefined;
  examples: readonly ClassifiedExample[];
  /** What bears on the result, in sentences. */
  notes: readonly string[];
  guesses: ShownGuesses;
  filters: FilterPictures;
  /** What starts this program, and the run's folder as the user wrote it, for commands to copy. */
  command: string;
  folder: string;
  /** The best epoch, where the run keeps it. */
  best?: KeptBest | undefined;
}

/** The share of the time for which training waited for its pictures, where that was measured. */
function waitingFor({ epochs }: RunRecord): (readonly [string, string])[] {
  const measured = epochs.filter(({ waitedForData }) => waitedForData !== undefined);
  const sum = (of: (epoch: RunRecord['epochs'][number]) => number) => measured.reduce((all, one) => all + of(one), 0);
  const seconds = sum((one) => one.seconds);
  if (seconds === 0) return [];
  return [['of it waiting for data', percent(sum(({ waitedForData = 0 }) => waitedForData) / seconds)]];
}

function numbers(record: RunRecord, { top1, top5, loss, examples, confusion }: Evaluation): string {
  const { seconds, imagesPerSecond } = trainingTime(record.steps);
  return numberRow([
    ['top-1 accuracy', percent(top1)],
    ...(confusion.length > 5 ? [['top-5 accuracy', percent(top5)] as const] : []),
    ['loss', loss.toFixed(3)],
    ['test pictures', thousands(examples)],
    ['epochs', String(epochsDone(record))],
    ['training time', duration(seconds)],
    ...waitingFor(record),
    ['pictures a second', rate(imagesPerSecond)],
  ]);
}

const picturesPerPoint = (steps: RunRecord['steps']): number =>
  Math.round(steps.reduce((sum, { examples }) => sum + examples, 0) / steps.length);

const averagesNote = ({ options }: RunRecord): string =>
  (options.recipe.ema ?? 0) > 0 ? ' The dashed line with dots is of the average of the weights.' : '';

const bestNote = (best: KeptBest | undefined): string =>
  best ? ` The upright line is the best epoch${best.lost ? '' : ', whose weights are kept besides the last'}.` : '';

/** How good the best epoch was, and how to use it. */
function bestLine({ epoch, lost }: KeptBest, folder: string, command: string): string {
  const text = `Best: ${percent(epoch.validation.top1)} after epoch ${epoch.epoch}`;
  if (lost) return element('p', { class: 'best' }, escaped(`${text}, whose weights are lost: their file ${lost}.`));
  const words = commandLine(['classify', `${folder}/best`, 'PICTURE']);
  return element(
    'p',
    { class: 'best' },
    escaped(`${text}, kept as ${folder}/best. Use it: `),
    element('code', {}, commandMarkup(`${command} ${words}`)),
  );
}

/** A run as one page that needs no other file. */
export function reportPage({
  record,
  evaluation,
  curves,
  examples,
  notes,
  guesses,
  filters,
  command,
  folder,
  best,
}: ReportContent): string {
  const title = `${record.preset} on ${record.data.name}`;
  const right = examples.filter(({ predictions, label }) => predictions[0]?.label === label).length;
  return page(
    title,
    heading(
      title,
      `${percent(evaluation.top1)} of the test pictures classified correctly`,
      plainSummary(record, evaluation).join(' '),
    ),
    ...(best ? [bestLine(best, folder, command)] : []),
    remarks(notes),
    numbers(record, evaluation),
    ...(curves
      ? [
          section(
            'How it learned',
            `The thin line is training: every point is a mean over about ${counted(picturesPerPoint(record.steps), 'picture')}, taken while the network was still changing. The dots are tests with the weights of that moment.${averagesNote(record)}${bestNote(best)}`,
            element('figure', { class: 'curves wide-screen' }, curves.wide),
            element('figure', { class: 'curves phone' }, curves.narrow),
          ),
        ]
      : []),
    recipeSection(record),
    section(
      'Examples',
      `${counted(examples.length, 'test picture')}, ${right} of them classified correctly. Percentages are predicted probabilities.`,
      gallery(examples),
    ),
    ...guessSections(guesses),
    ...filterSection(record, filters),
    section(
      'Class by class',
      'How many test pictures of each class were classified correctly.',
      classTable(evaluation.confusion, record.data.classes),
    ),
    section(
      'Confusion matrix',
      'A row holds the pictures of one class, a column those that the network assigned to one class. The diagonal is right.',
      matrixFigure(evaluation.confusion, record.data.classes),
    ),
    provenance(record, command),
    element(
      'footer',
      {},
      `Ask it about other pictures: ${element('code', {}, commandMarkup(`${command} ${commandLine(['classify', folder, 'PICTURE'])}`))}`,
    ),
  );
}
