import * as tf from '@tensorflow/tfjs-core';
import type { Sgd } from '@zoo/spec';
import { slotAt, type Updater } from './updater.ts';

/**
 * Stochastic gradient descent with momentum, as data for `train`.
 * Defaults are the paper's (section 5): learning rate 0.01, momentum 0.9, weight decay 0.0005, Caffe's convention.
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
 */
export const sgdUpdater = ({ momentum, convention }: Sgd): Updater => ({
  slots: ['velocity'],
  update(weight, gradient, slots, { learningRate, weightDecay }) {
    const velocity = slotAt(slots, 0);
    const decayed = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
    if (convention === 'caffe') {
      velocity.assign(tf.sub(tf.mul(velocity, momentum), tf.mul(decayed, learningRate)));
      weight.assign(tf.add(weight, velocity));
    } else {
      velocity.assign(tf.add(tf.mul(velocity, momentum), decayed));
      weight.assign(tf.sub(weight, tf.mul(velocity, learningRate)));
    }
  },
});
