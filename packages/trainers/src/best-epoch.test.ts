import { expect, it } from 'vitest';
import { bestEpoch } from './best-epoch.ts';

it.each([
  ['the highest accuracy', [0.5, 0.7, 0.6], [1, 3, 0.5], 2],
  ['of equal accuracies the lowest loss', [0.7, 0.5, 0.7, 0.7], [1, 0.1, 0.9, 0.95], 3],
  ['of equals the first', [0.7, 0.7, 0.7], [1, 1, 1], 1],
  ['none of none', [], [], undefined],
])('takes %s', (_what, accuracies, losses, expected) => {
  expect(bestEpoch(accuracies.map((accuracy, index) => ({ accuracy, loss: losses[index] ?? 0 })))).toBe(expected);
});
