import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from './backend-abilities.ts';

/** Kernel a backend may register: input `x`, attrs `SumElementsAttrs`, output a scalar. It may add in any order. */
export const sumElementsKernel = 'SumElements';

/** A run of elements, in row-major order. */
export interface SumElementsAttrs extends tf.NamedAttrMap {
  start: number;
  length: number;
}

/**
 * The sum of a run of a tensor's elements, a scalar: computed where they lie, and on wasm four at a time. It has no gradient. Where
 * it is finite, all of them are; where it is not, they may still be, if they are very large.
 *
 * @param start Of the run, in row-major order. Default: 0.
 * @param length Of the run. Default: all that follow.
 */
export function sumElements(x: tf.Tensor, start = 0, length: number = x.size - start): tf.Scalar {
  const attrs: SumElementsAttrs = { start, length };
  if (hasKernel(sumElementsKernel)) return tf.engine().runKernel<tf.Scalar>(sumElementsKernel, { x }, attrs);
  return tf.tidy(() => {
    const whole = start === 0 && length === x.size;
    return tf.sum<tf.Scalar>(whole ? x : tf.slice(tf.reshape(x, [x.size]), [start], [length]));
  });
}
