import * as tf from '@tensorflow/tfjs-core';

/**
 * What `read` returns of tensors; those that it made are disposed of. Unlike `tf.tidy`, which looks for tensors in its result element
 * by element: a hundred times as long as reading them takes.
 */
export function reading<T>(read: () => T): T {
  tf.engine().startScope();
  try {
    return read();
  } finally {
    tf.engine().endScope();
  }
}
