import * as tf from '@tensorflow/tfjs-core';
import { describeOnBackends } from '@zoo/testing/backends';
import { expect, it } from 'vitest';
import { avgPool2d, groupedConv2d, type LrnOptions, localResponseNormalization, maxPool2d } from './index.ts';

const lrn: LrnOptions = { size: 3, alpha: 1, beta: 0.75, k: 1, convention: 'caffe' };

/** What is held at this moment: tensors, their bytes, the backend's own entries, and the wasm heap's size. */
function held() {
  const { numTensors, numBytes, numDataBuffers } = tf.memory();
  const backend = tf.backend();
  const heap = 'wasm' in backend ? Reflect.get(Object(backend.wasm), 'HEAPU8') : undefined;
  const heapBytes = heap instanceof Uint8Array ? heap.buffer.byteLength : 0;
  return { numTensors, numBytes, numDataBuffers, entries: backend.numDataIds(), heapBytes };
}

describeOnBackends('training steps', (backend) => {
  it('hold no more than the second', async () => {
    const width = backend === 'wasm' ? 1024 : 64;
    // A leak shows at the first of them; a software adapter takes half a second for each.
    const steps = backend === 'webgpu' ? 15 : 50;
    const variable = (shape: number[], deviation: number, seed: number) =>
      tf.tidy(() => tf.variable(tf.randomNormal(shape, 0, deviation, 'float32', seed)));
    const parameters = [
      variable([3, 3, 3, 8], 0.1, 1),
      variable([3, 3, 4, 8], 0.1, 2),
      variable([8], 0.1, 3),
      variable([72, 4], 0.1, 4),
      // On wasm, large enough for the path of weights that are new.
      variable([width, width], 0.01, 5),
    ] as const;
    const [first, second, bias, last, large] = parameters;
    const x = tf.randomNormal<tf.Rank.R4>([4, 12, 12, 3], 0, 1, 'float32', 5);
    const wide = tf.randomNormal([2, width], 0, 1, 'float32', 6);
    const forward = (): tf.Scalar => {
      let y = maxPool2d(tf.relu(groupedConv2d(x, tf.reshape(first, [3, 3, 3, 8]), { padding: 1 })), {
        size: 3,
        stride: 2,
        ceil: true,
      });
      y = localResponseNormalization(y, { ...lrn, region: 'within-channel' });
      y = tf.add(
        groupedConv2d(y, tf.reshape(second, [3, 3, 4, 8]), { padding: 2, groups: 2, stride: 2, dilation: 2 }),
        bias,
      );
      y = avgPool2d(localResponseNormalization(y, lrn), { size: 2, stride: 1, padding: 1 });
      const logits = tf.matMul(tf.reshape(tf.slice(y, [0, 0, 0, 0], [4, 3, 3, 8]), [4, 72]), last);
      return tf.add(tf.mean(tf.square(tf.sub(logits, 1))), tf.mean(tf.square(tf.matMul(wide, large))));
    };
    const step = async (): Promise<number> => {
      const loss = tf.tidy(() => {
        const { value, grads } = tf.variableGrads(forward, [...parameters]);
        for (const parameter of parameters) {
          const gradient = grads[parameter.name];
          if (gradient) parameter.assign(tf.sub(parameter, tf.mul(gradient, 0.05)));
        }
        return value;
      });
      const [value = Number.NaN] = await loss.data();
      loss.dispose();
      return value;
    };
    const start = await step();
    await step();
    const before = held();
    let loss = start;
    for (let i = 0; i < steps; i++) loss = await step();
    const { heapBytes, ...after } = held();
    const { heapBytes: heapBefore, ...rest } = before;
    expect(after).toEqual(rest);
    // Freed blocks may be laid out anew once; the 4 MB of weights leaked at every step would be 200 MB.
    expect(heapBytes - heapBefore).toBeLessThan(10e6);
    expect(loss).toBeLessThan(start * 0.8 ** (steps / 15));
    tf.dispose([...parameters, x, wide]);
  });
});
