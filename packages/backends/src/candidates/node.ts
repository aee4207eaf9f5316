import { native } from './native.ts';

/** TensorFlow's C library on the CPU. */
export const node = native('node');
