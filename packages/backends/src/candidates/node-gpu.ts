import { native } from '#platform/native';

/** TensorFlow's C library on an NVIDIA GPU. Where it finds none it computes on the CPU, and `detail` says so. */
export const nodeGpu = native('node-gpu');
