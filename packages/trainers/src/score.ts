import type { Evaluation, Guess } from './train-event.ts';

/** Examples of each kind that are kept. */
const maxKept = 20;

/** Sums over examples, from which means are taken at the end. */
export interface Score {
  examples: number;
  loss: number;
  top1: number;
  top5: number;
  confusion: number[][];
  mistakes: Guess[];
  confident: Guess[];
  uncertain: Guess[];
}

export const emptyScore = (classes: number): Score => ({
  examples: 0,
  loss: 0,
  top1: 0,
  top5: 0,
  confusion: Array.from({ length: classes }, () => new Array<number>(classes).fill(0)),
  mistakes: [],
  confident: [],
  uncertain: [],
});

/** Inserts a guess that comes after all others: sorted by probability, then by index. */
function keep(guesses: Guess[], guess: Guess, order: 'ascending' | 'descending'): void {
  const sign = order === 'ascending' ? 1 : -1;
  const place = guesses.findLastIndex(({ probability }) => !(sign * probability > sign * guess.probability)) + 1;
  if (place >= maxKept) return;
  guesses.splice(place, 0, guess);
  guesses.length = Math.min(guesses.length, maxKept);
}

/** `softmax(z)`, without overflow. */
export function softmax(logits: Float32Array): Float32Array {
  const highest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const exponentials = logits.map((logit) => Math.exp(logit - highest));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

/** `−Σ t·log softmax(z)` of a picture: what the loss is where it is of several classes. */
export function softCrossEntropy(logits: Float32Array, targets: Float32Array): number {
  const highest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const logTotal = highest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0));
  return targets.reduce((sum, target, index) => sum + target * (logTotal - (logits[index] ?? 0)), 0);
}

/** Adds the next example, by the probabilities of its classes. A tie counts against the network. */
export function addExample(score: Score, probabilities: Float32Array, label: number): void {
  const own = probabilities[label] ?? 0;
  let notLower = 0;
  let predicted = label;
  for (const [index, probability] of probabilities.entries()) {
    if (index !== label && !(probability < own)) {
      notLower += 1;
      if (predicted === label || probability > (probabilities[predicted] ?? 0)) predicted = index;
    }
  }
  const probability = probabilities[predicted] ?? 0;
  const guess = { index: score.examples, label, predicted, probability };
  keep(predicted === label ? score.confident : score.mistakes, guess, 'descending');
  keep(score.uncertain, guess, 'ascending');
  score.examples += 1;
  // The smallest positive float: a probability of 0 is one that underflowed.
  score.loss -= Math.log(Math.max(own, 1e-45));
  if (notLower < 1) score.top1 += 1;
  if (notLower < 5) score.top5 += 1;
  const row = score.confusion[label];
  if (row) row[predicted] = (row[predicted] ?? 0) + 1;
}

/** Means of the sums. */
export const evaluationOf = ({ examples, loss, top1, top5, ...kept }: Score): Evaluation => ({
  loss: loss / examples,
  top1: top1 / examples,
  top5: top5 / examples,
  examples,
  ...kept,
});
