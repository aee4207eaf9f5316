import * as tf from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import { installAdvice } from '#platform/advice';
import type { Candidate } from '../candidate.ts';
import { missingPackage } from '../missing-package.ts';

/** The graphics card through WebGL, in browsers without WebGPU. Half precision on many devices, so only on request. */
export const webgl: Candidate = {
  tfjsName: 'webgl',
  fix: installAdvice('@tensorflow/tfjs-backend-webgl'),
  explicitOnly: true,
  async load() {
    if (tf.env().getBool('IS_NODE'))
      throw new ZooError(
        'backend',
        'webgl: it runs in browsers only. In Node, use webgpu for a graphics card, otherwise node or wasm.',
      );
    try {
      await import('@tensorflow/tfjs-backend-webgl');
    } catch (cause) {
      throw missingPackage('@tensorflow/tfjs-backend-webgl', cause);
    }
  },
  async start() {
    if (!(await tf.setBackend('webgl')))
      throw new ZooError(
        'backend',
        'webgl: the browser provides no WebGL context. Turn on hardware acceleration in its settings, or use webgpu or wasm.',
      );
    const version = tf.env().getNumber('WEBGL_VERSION');
    const bits = tf.backend().floatPrecision();
    return { threads: 1, detail: `WebGL ${version}, ${bits}-bit numbers` };
  },
};
