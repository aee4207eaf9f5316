import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from './backend-abilities.ts';

/** Kernel a backend may register: inputs `{x}`, attrs `WithinChannelAttrs`. Its gradient's inputs: `{x, y, dy}`. */
export const withinChannelLrn = 'WithinChannelLRN';
export const withinChannelLrnGrad = 'WithinChannelLRNGrad';

export interface WithinChannelAttrs extends tf.NamedAttrMap {
  size: number;
  k: number;
  /** Multiplies the sum of squares. */
  alpha: number;
  beta: number;
}

tf.registerGradient({
  kernelName: withinChannelLrn,
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [x, y], attrs) => {
    if (Array.isArray(dy) || !x || !y) throw new Error('withinChannelLrn has one input and one output');
    return { x: () => tf.engine().runKernel(withinChannelLrnGrad, { x, y, dy }, attrs) };
  },
});

/** `y = x * (k + alpha * (sum of x^2 over size x size))^-beta`, zeros around the image. */
export function withinChannelNormalization(x: tf.Tensor4D, attrs: WithinChannelAttrs): tf.Tensor4D {
  if (hasKernel(withinChannelLrn)) return tf.engine().runKernel(withinChannelLrn, { x }, attrs);
  const { size, k, alpha, beta } = attrs;
  const around: [number, number] = [(size - 1) / 2, (size - 1) / 2];
  return tf.tidy(() => {
    // A pool over an image padded by hand: backends disagree on the divisor at the border of an implicitly padded one.
    const meanSquare = tf.avgPool(tf.pad(tf.square(x), [[0, 0], around, around, [0, 0]]), size, 1, 'valid');
    return tf.mul(x, tf.pow(tf.add(tf.mul(meanSquare, alpha * size * size), k), -beta));
  });
}
