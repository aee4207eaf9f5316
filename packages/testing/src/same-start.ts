import * as tf from '@tensorflow/tfjs-core';
import { afterAll } from 'vitest';

// A setup file, for files of tests that share a process: each leaves the backends to the next as a new process has them, except
// that those which take long to start, webgpu and node, go on running.

const threadedFlag = 'WASM_HAS_MULTITHREAD_SUPPORT';

/** As tfjs-backend-wasm registers itself. */
const priority = 2;

afterAll(async () => {
  tf.disposeVariables();
  // A file that names no backend computes on cpu, as where it is alone.
  if (tf.findBackendFactory('cpu')) await tf.setBackend('cpu');
  const factory = tf.findBackendFactory('wasm');
  if (!factory || !('wasm' in tf.engine().registry)) return;
  // The next one starts on as many threads, and with such instructions, as it says.
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory, priority);
  tf.env().set(threadedFlag, false);
});
