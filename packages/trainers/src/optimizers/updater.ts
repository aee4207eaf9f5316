import type * as tf from '@tensorflow/tfjs-core';

/** The inputs of one weight's update, besides its gradient. */
export interface UpdateRates {
  /** Schedule and the weight's own multiplier included. */
  learningRate: number;
  /** The weight's own multiplier included. */
  weightDecay: number;
  /** Updates so far, this one included: from 1. */
  step: number;
}

/** How an optimiser changes a weight. */
export interface Updater {
  /** Names of its state tensors for every weight, of the weight's shape, initially 0. */
  slots: readonly string[];
  /** Changes the weight and its slots, which come in the order of `slots`. Runs inside a tidy. */
  update(weight: tf.Variable, gradient: tf.Tensor, slots: readonly tf.Variable[], rates: UpdateRates): void;
}

/** The slot at a place of `Updater.slots`. */
export function slotAt(slots: readonly tf.Variable[], place: number): tf.Variable {
  const slot = slots[place];
  if (!slot) throw new Error(`an optimiser was given ${slots.length} slots, and asked for number ${place}`);
  return slot;
}
