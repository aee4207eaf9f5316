import { updateWithAdam } from '@zoo/kernels';
import type { Adam, AdamW } from '@zoo/spec';
import { slotAt, type Updater } from './updater.ts';

/**
 * Adam, as data for `train`. Defaults are the paper's (Kingma and Ba 2015, algorithm 1):
 * learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-8; no weight decay.
 */
export const adam = (options: Partial<Omit<Adam, 'kind'>> = {}): Adam => ({
  kind: 'adam',
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  ...options,
});

/**
 * Adam with decoupled weight decay, as data for `train`. Defaults are PyTorch's: those of `adam`, with weight decay 0.01
 * (Loshchilov and Hutter 2019).
 */
export const adamw = (options: Partial<Omit<AdamW, 'kind'>> = {}): AdamW => ({
  ...adam({ weightDecay: 0.01, ...options }),
  kind: 'adamw',
});

/** `m ← β1·m + (1−β1)·g, v ← β2·v + (1−β2)·g², w ← w − lr·m̂ / (√v̂ + ε)` with `m̂ = m/(1−β1^t)`, `v̂ = v/(1−β2^t)`; in AdamW `w ← (1 − lr·λ)·w` first. */
export const adamUpdater = ({ kind, beta1, beta2, epsilon }: Adam | AdamW): Updater => ({
  slots: ['first-moment', 'second-moment'],
  update(weight, gradient, slots, { learningRate, weightDecay, step }) {
    const rates = { learningRate, weightDecay, step, beta1, beta2, epsilon, decoupled: kind === 'adamw' };
    updateWithAdam(weight, slotAt(slots, 0), slotAt(slots, 1), gradient, rates);
  },
});
