import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients of tfjs's own ops.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { type Block, expectClose, noise, seeded, tensor } from '@zoo/testing/numbers';
import { referenceConv, referenceConvGradients } from '@zoo/testing/reference-conv';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { groupedConv, groupedConv2d, groupedConvBackpropFilter, groupedConvBackpropInput } from './grouped-conv2d.ts';

const options = { stride: 2, padding: 1, groups: 2, dilation: 1 };
const generator = seeded(41);
const [x, filter] = [noise([2, 6, 5, 4], generator), noise([3, 3, 2, 6], generator)];
const y = referenceConv(x, filter, options);
const dy = noise(y.shape, generator);
const { dx, dFilter } = referenceConvGradients(x, filter, dy, options);
const ran: string[] = [];

/** A kernel that gives a known result, and notes what it was asked. */
const register = (kernelName: string, result: Block) =>
  tf.registerKernel({
    kernelName,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs }) => {
      ran.push(`${kernelName} ${Object.keys(inputs)} ${JSON.stringify(attrs)}`);
      return {
        dataId: tf.backend().write(Float32Array.from(result.values), result.shape, 'float32'),
        shape: result.shape,
        dtype: 'float32',
      };
    },
  });

beforeAll(async () => {
  await tf.setBackend('cpu');
  register(groupedConv, y);
  register(groupedConvBackpropInput, dx);
  register(groupedConvBackpropFilter, dFilter);
});

afterAll(() => {
  for (const name of [groupedConv, groupedConvBackpropInput, groupedConvBackpropFilter])
    tf.unregisterKernel(name, 'cpu');
});

it('runs the kernels that a backend registers, forward and backward', () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const conv = (a: tf.Tensor, b: tf.Tensor) =>
      groupedConv2d(tf.reshape(a, x.shape), tf.reshape(b, filter.shape), options);
    const { value, grads } = tf.valueAndGrads(conv)([tensor(x), tensor(filter)], tensor(dy));
    const [gradientX, gradientFilter] = grads;
    if (!gradientX || !gradientFilter) throw new Error('two gradients expected');
    expectClose(value, y);
    expectClose(gradientX, dx);
    expectClose(gradientFilter, dFilter);
  });
  expect(tf.memory().numTensors).toBe(before);
  const attrs = JSON.stringify(options).slice(1, -1);
  expect(ran.map((call) => call.split(' ').slice(0, 2).join(' ')).sort()).toEqual([
    'GroupedConv2D x,filter',
    'GroupedConv2DBackpropFilter x,dy',
    'GroupedConv2DBackpropInput dy,filter',
  ]);
  for (const call of ran) expect(call).toContain(attrs);
  expect(ran.filter((call) => call.includes('"inputShape":[2,6,5,4],"filterShape":[3,3,2,6]'))).toHaveLength(2);
});
