import { native } from '#platform/native';

/** TensorFlow's C library on the CPU. */
export const node = native('node');
