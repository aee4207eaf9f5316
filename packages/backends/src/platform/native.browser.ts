import { ZooError } from '@zoo/core';
import type { Candidate } from '../candidate.ts';

/** TensorFlow's C library needs Node. */
export const native = (name: string): Candidate => ({
  tfjsName: 'tensorflow',
  fix: 'use wasm or webgpu in a page',
  explicitOnly: true,
  async load() {
    throw new ZooError('backend', `${name}: it runs in Node only. Use wasm or webgpu.`);
  },
  start: () => Promise.reject(new Error('it runs in Node only')),
});
