import { updateWithMomentum } from '@zoo/kernels';
import type { Sgd } from '@zoo/spec';
import { slotAt, type Updater } from './updater.ts';

/**
 * Stochastic gradient descent with momentum, as data for `train`.
 * Defaults are the paper's (section 5): learning rate 0.01, momentum 0.9, weight decay 0.0005, Caffe's convention, no Nesterov.
 */
export const sgd = (options: Partial<Omit<Sgd, 'kind'>> = {}): Sgd => ({
  kind: 'sgd',
  learningRate: 0.01,
  momentum: 0.9,
  weightDecay: 0.0005,
  convention: 'caffe',
  ...options,
});

/**
 * `caffe`: `v ← μv − lr·(g + λw), w ← w + v` (paper, section 5; Caffe, SGDSolver).
 * `pytorch`: `v ← μv + g + λw, w ← w − lr·v` (torch.optim.SGD).
 * With Nesterov's momentum the weight goes by the new velocity once more, as `updateWithMomentum` has it.
 */
export const sgdUpdater = ({ momentum, convention, nesterov = false }: Sgd): Updater => ({
  slots: ['velocity'],
  update(weight, gradient, slots, { learningRate, weightDecay }) {
    const rates = { learningRate, momentum, weightDecay, convention, nesterov };
    updateWithMomentum(weight, slotAt(slots, 0), gradient, rates);
  },
});
