import { backend_util } from '@tensorflow/tfjs-core';
import { padding, pair, shape4D } from '../kernel-call/conv-attributes.ts';
import { input } from '../kernel-call/input.ts';
import type { KernelOver } from '../kernel-call/register.ts';
import { elementType, execute, integers, tensorflowBackend, text } from './tensorflow-backend.ts';

/** Addons whose libtensorflow lacks the op `Conv`, which came after 2.9. */
const withoutConv = new WeakSet<object>();

/** TensorFlow's status for an op, or a kernel of it, that is not there: `NOT_FOUND`. */
const isMissingOp = (error: unknown): boolean => error instanceof Error && error.message.includes('TF_Status: 5\n');

/**
 * `Conv2D` of a single picture. TensorFlow lets oneDNN compute the op of that name, which lays out the filter anew each time:
 * that pays from the second picture on. Its general op `Conv` takes another way, 9.7 ms against 12.1 for AlexNet's five layers.
 */
export const conv2d: KernelOver = (stock) => (params) => {
  const { inputs, attrs = {} } = params;
  const [x, filter] = [input(inputs, 'x'), input(inputs, 'filter')];
  const { dataFormat, dilations, pad, dimRoundingMode } = attrs;
  // tfjs-node itself takes no padding by one number.
  const plain = dataFormat === 'NHWC' && typeof pad !== 'number' && !dimRoundingMode;
  const dense = [dilations].flat().every((one) => one === 1);
  if (plain && dense && x.shape[0] === 1 && x.dtype === 'float32') {
    const backend = tensorflowBackend(params.backend);
    if (withoutConv.has(backend.binding)) return stock(params);
    const [height, width] = pair(attrs.strides);
    const shapes = [shape4D(x.shape), shape4D(filter.shape)] as const;
    const { padInfo } = backend_util.computeConv2DInfo(...shapes, [height, width], 1, padding(pad));
    const { top, bottom, left, right } = padInfo;
    const around = [integers(backend, 'explicit_paddings', [0, 0, top, bottom, left, right, 0, 0])];
    const attributes = [
      elementType(backend),
      integers(backend, 'strides', [1, height, width, 1]),
      text(backend, 'padding', padInfo.type),
      ...(padInfo.type === 'EXPLICIT' ? around : []),
    ];
    try {
      return backend.createOutputTensor(execute(backend, 'Conv', attributes, backend.getInputTensorIds([x, filter])));
    } catch (error) {
      if (!isMissingOp(error)) throw error;
      withoutConv.add(backend.binding);
    }
  }
  return stock(params);
};
