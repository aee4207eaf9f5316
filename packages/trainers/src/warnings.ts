import type { Dataset } from '@zoo/loaders';
import type { Evaluation, TrainingWarning } from './train-event.ts';

/** With fewer test pictures, equal predictions may be chance. */
const minExamples = 4;
/** Consecutive epochs with a loss at chance level that cause a warning. */
const flatEpochs = 3;
/** Fraction of the chance-level loss that counts as noise. */
const noise = 0.02;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * The class that a network predicts for every test picture, though the pictures are of several.
 *
 * @param classes Their names, in the order of the confusion matrix.
 */
export function oneClassOnly(
  { confusion, examples }: Pick<Evaluation, 'confusion' | 'examples'>,
  classes: readonly string[],
): TrainingWarning[] {
  const actual = confusion.filter((row) => sum(row) > 0).length;
  if (actual < 2 || examples < minExamples) return [];
  const predictedCounts = classes.findIndex(
    (_, predicted) => sum(confusion.map((row) => row[predicted] ?? 0)) === examples,
  );
  return predictedCounts < 0
    ? []
    : [{ kind: 'one-class', label: classes[predictedCounts] ?? String(predictedCounts), examples }];
}

/** The loss of a network that knows only the class frequencies: their entropy, in nats. */
export function chanceLoss(dataset: Dataset): number {
  const counts = dataset.classes.map(() => 0);
  for (let index = 0; index < dataset.length; index++) {
    const label = dataset.labelOf(index);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return sum(counts.map((count) => (count === 0 ? 0 : (-count / dataset.length) * Math.log(count / dataset.length))));
}

/** @param losses Of the complete epochs, in order. */
export function flatLoss(losses: readonly number[], guessing: number): TrainingWarning[] {
  if (losses.length < flatEpochs || guessing === 0) return [];
  const least = Math.min(...losses);
  // Once it has been lower, the network has learned something: what comes then is another matter.
  if (least < guessing * (1 - noise)) return [];
  return [{ kind: 'flat-loss', epochs: losses.length, loss: losses.at(-1) ?? least, guessing }];
}

const startAgain = 'Start again with another seed, a warm-up of the learning rate (withWarmup), or a lower rate.';

const whatToTry =
  'Try another optimiser (adam), a lower learning rate with a warm-up (the schedule cosine), smaller batches, which make more steps of an epoch, or more pictures.';

/**
 * A warning as sentences: what is wrong, and what to try.
 *
 * @param advice What to try, in whole sentences. Default: in the words of the library's options.
 */
export function warningText(
  warning: TrainingWarning,
  advice: string = warning.kind === 'dead' ? startAgain : whatToTry,
): string {
  switch (warning.kind) {
    case 'dead':
      return `after ${warning.steps.toLocaleString('en-US')} steps the ReLU ${warning.layer} is 0 for all of ${warning.pictures} pictures: the layers before it have no gradient, and training longer does not help. ${advice}`;
    case 'one-class':
      return `every one of the ${warning.examples.toLocaleString('en-US')} test pictures is classified as ${warning.label}: the network does not distinguish the classes. ${advice}`;
    case 'flat-loss':
      return `after ${warning.epochs} epochs the loss is ${warning.loss.toFixed(3)}, ${warning.loss > warning.guessing * (1 + noise) ? 'above' : 'at'} chance level (${warning.guessing.toFixed(3)}): the network has learned nothing yet. ${advice}`;
  }
}
