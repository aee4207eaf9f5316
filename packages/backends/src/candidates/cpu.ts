import * as tf from '@tensorflow/tfjs-core';
import { installAdvice } from '#platform/advice';
import type { Candidate } from '../candidate.ts';

/** Plain JavaScript: everywhere, and slow. */
export const cpu: Candidate = {
  tfjsName: 'cpu',
  fix: installAdvice('@tensorflow/tfjs-backend-cpu'),
  async load() {
    await import('@tensorflow/tfjs-backend-cpu');
    const { registerCpuKernels } = await import('@zoo/kernels/cpu');
    registerCpuKernels();
  },
  async start() {
    await tf.setBackend('cpu');
    return { threads: 1, detail: 'plain JavaScript, for small networks and tests' };
  },
};
