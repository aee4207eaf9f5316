import * as tf from '@tensorflow/tfjs-core';

/** True when the backend in use has a kernel of that name, so that an op may run it instead of its composition. */
export const hasKernel = (name: string): boolean => tf.getKernel(name, tf.getBackend()) !== undefined;

/** tfjs-node: its convolution gradients and its pools take `'valid'` and `'same'` only. */
const implicitPaddingOnly: readonly string[] = ['tensorflow'];

/** True when convolutions, pools and their gradients accept padding by numbers on the backend in use. */
export const takesExplicitPadding = (): boolean => !implicitPaddingOnly.includes(tf.getBackend());

/** tfjs-node: it multiplies a few rows by a transposed matrix up to six times slower than that matrix by the transposed rows. */
const slowByTransposed: readonly string[] = ['tensorflow'];

/** True when the backend in use multiplies `x·Wᵀ` well for a small `x` and a large `W`. */
export const multipliesSmallByTransposed = (): boolean => !slowByTransposed.includes(tf.getBackend());
