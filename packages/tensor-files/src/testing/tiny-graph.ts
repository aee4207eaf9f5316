import type { OnnxGraph } from '../codecs/onnx/onnx-graph-bytes.ts';

const ramp = (length: number) => Float32Array.from({ length }, (_, index) => index / 7 - 1);

/** A small ONNX graph for tests: a convolution of two groups and a dense layer, with texts beside them. */
export const tinyGraph: OnnxGraph = {
  name: 'test/tiny',
  nodes: [
    {
      op: 'Conv',
      name: 'features.0',
      inputs: ['input', 'features.0.weight', 'features.0.bias'],
      output: 'features.0',
      attributes: { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1], group: 2 },
    },
    { op: 'Flatten', name: '1', inputs: ['features.0'], output: '1', attributes: { axis: 1 } },
    {
      op: 'Gemm',
      name: 'classifier.0',
      inputs: ['1', 'classifier.0.weight', 'classifier.0.bias'],
      output: 'logits',
      attributes: { transB: 1, alpha: { float: 1 } },
    },
  ],
  tensors: [
    { name: 'features.0.weight', shape: [4, 1, 3, 3], data: () => ramp(36) },
    { name: 'features.0.bias', shape: [4], data: () => ramp(4) },
    { name: 'classifier.0.weight', shape: [3, 120], data: () => ramp(360) },
    { name: 'classifier.0.bias', shape: [3], data: () => ramp(3) },
  ],
  input: { name: 'input', shape: ['batch', 2, 6, 5] },
  output: { name: 'logits', shape: ['batch', 3] },
  metadata: { note: 'for tests', 'zoo.labels': '["a","b","c"]' },
};
