import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { registerOver } from './register.ts';

const call = (kernelName: string) => tf.getKernel(kernelName, 'cpu').kernelFunc({ inputs: {}, backend: tf.backend() });

it('says that there is no kernel to fall back on only where there is none', () => {
  registerOver('cpu', { ZooNew: (stock) => stock });
  expect(() => call('ZooNew')).toThrow(
    "@zoo/kernels: the backend 'cpu' has no kernel ZooNew of its own to fall back on. Import its package of tfjs 4.22 first.",
  );
  tf.unregisterKernel('ZooNew', 'cpu');
});

it('gives a kernel the one it stands in front of, once', () => {
  const own = () => ({ dataId: {}, shape: [7], dtype: 'float32' as const });
  tf.registerKernel({ kernelName: 'ZooOld', backendName: 'cpu', kernelFunc: own });
  let times = 0;
  const over = {
    ZooOld: (stock: tf.KernelFunc): tf.KernelFunc => {
      times++;
      return (call) => stock(call);
    },
  };
  registerOver('cpu', over);
  registerOver('cpu', over);
  expect(times).toBe(1);
  expect(call('ZooOld')).toMatchObject({ shape: [7] });
  tf.unregisterKernel('ZooOld', 'cpu');
});
