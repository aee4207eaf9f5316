import type { OnnxNode, OnnxTensor } from '@zoo/tensor-files/onnx';

/** A layer as ONNX operators: from the tensor `input` to the tensor `output`. */
export interface OnnxLayer {
  nodes: readonly OnnxNode[];
  /** Constants, besides the layer's weights. */
  tensors: readonly OnnxTensor[];
}

export const constant = (name: string, shape: readonly number[], ...values: readonly number[]): OnnxTensor => ({
  name,
  shape,
  data: () => Float32Array.from(values),
});

/** Whole numbers that an operator takes as an input, such as a shape. */
export const wholeNumbers = (name: string, ...values: readonly number[]): OnnxNode => ({
  op: 'Constant',
  name,
  inputs: [],
  output: name,
  attributes: { value_ints: values },
});

export const square = (size: number): [number, number] => [size, size];
