import type { Evaluation } from './train-event.ts';

/** Sums over examples, from which means are taken at the end. */
export interface Score {
  examples: number;
  loss: number;
  top1: number;
  top5: number;
  confusion: number[][];
}

export const emptyScore = (classes: number): Score => ({
  examples: 0,
  loss: 0,
  top1: 0,
  top5: 0,
  confusion: Array.from({ length: classes }, () => new Array<number>(classes).fill(0)),
});

/** `softmax(z)`, without overflow. */
export function softmax(logits: Float32Array): Float32Array {
  const highest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const exponentials = logits.map((logit) => Math.exp(logit - highest));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

/** Adds one example, by the probabilities of its classes. A tie counts against the network. */
export function addExample(score: Score, probabilities: Float32Array, label: number): void {
  const own = probabilities[label] ?? 0;
  let notLower = 0;
  let guess = label;
  for (const [index, probability] of probabilities.entries()) {
    if (index !== label && !(probability < own)) {
      notLower += 1;
      if (guess === label || probability > (probabilities[guess] ?? 0)) guess = index;
    }
  }
  score.examples += 1;
  // The smallest positive float: a probability of 0 is one too small to be told from it.
  score.loss -= Math.log(Math.max(own, 1e-45));
  if (notLower < 1) score.top1 += 1;
  if (notLower < 5) score.top5 += 1;
  const row = score.confusion[label];
  if (row) row[guess] = (row[guess] ?? 0) + 1;
}

/** Means of the sums. */
export const evaluationOf = ({ examples, loss, top1, top5, confusion }: Score): Evaluation => ({
  loss: loss / examples,
  top1: top1 / examples,
  top5: top5 / examples,
  examples,
  confusion,
});
