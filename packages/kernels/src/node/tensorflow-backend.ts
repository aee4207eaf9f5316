import type { DataId, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';

/** An attribute of one of TensorFlow's ops. */
export interface OpAttribute {
  name: string;
  type: number;
  value: unknown;
}

/** A tensor in the addon, of which tfjs does not know yet. Whoever got it deletes it, or makes a tensor of tfjs of it. */
export interface NativeTensor {
  id: number;
  shape: number[];
  dtype: number;
}

/** The addon: codes of kinds of attributes and of types, and TensorFlow's ops. */
interface Binding {
  TF_ATTR_INT: number;
  TF_ATTR_SHAPE: number;
  TF_ATTR_STRING: number;
  TF_ATTR_TYPE: number;
  TF_FLOAT: number;
  TF_INT32: number;
  TF_INT64: number;
  executeOp(op: string, attributes: OpAttribute[], inputs: number[], outputs: number): NativeTensor[];
  createTensor(shape: number[], dtype: number, values: Float32Array): number;
  deleteTensor(id: number): void;
}

/** What these kernels use of tfjs-node's backend. */
export interface TensorflowBackend {
  binding: Binding;
  /** Where a tensor's elements are: `id` is their name in the addon, negative while they are not there. */
  tensorMap: { get(dataId: DataId): { id: number; refCount: number } };
  /** Names in the addon, to which elements are taken that are not there yet. */
  getInputTensorIds(inputs: TensorInfo[]): number[];
  createOutputTensor(output: NativeTensor): Tensor;
}

const isTensorflowBackend = (backend: object): backend is TensorflowBackend =>
  'binding' in backend && 'tensorMap' in backend && 'getInputTensorIds' in backend && 'createOutputTensor' in backend;

/** The backend a kernel was called with, checked. */
export function tensorflowBackend(backend: unknown): TensorflowBackend {
  if (typeof backend === 'object' && backend !== null && isTensorflowBackend(backend)) return backend;
  throw new ZooError('backend', 'node kernels: called with a backend that is not tfjs-node. Use tfjs-node 4.22.');
}

/** The id of a tensor's elements in the addon, to which they are taken if they are not there yet. */
export function inputId(backend: TensorflowBackend, tensor: TensorInfo): number {
  const [id] = backend.getInputTensorIds([tensor]);
  if (id !== undefined) return id;
  throw new ZooError('backend', 'node kernels: tfjs-node has no id for a tensor. Use tfjs-node 4.22.');
}

/** The one output of an op of TensorFlow. */
export function execute(
  { binding }: TensorflowBackend,
  op: string,
  attributes: OpAttribute[],
  inputs: number[],
): NativeTensor {
  const [output] = binding.executeOp(op, attributes, inputs, 1);
  if (output) return output;
  throw new ZooError('backend', `node kernels: ${op} gave no output. Use tfjs-node 4.22.`);
}

/** The type of elements that an op computes with: single precision, unless said otherwise. */
export const elementType = (
  { binding }: TensorflowBackend,
  name = 'T',
  type: 'TF_FLOAT' | 'TF_INT32' | 'TF_INT64' = 'TF_FLOAT',
): OpAttribute => ({ name, type: binding.TF_ATTR_TYPE, value: binding[type] });

export const integers = ({ binding }: TensorflowBackend, name: string, value: number[]): OpAttribute => ({
  name,
  type: binding.TF_ATTR_INT,
  value,
});

export const text = ({ binding }: TensorflowBackend, name: string, value: string): OpAttribute => ({
  name,
  type: binding.TF_ATTR_STRING,
  value,
});

export const shape = ({ binding }: TensorflowBackend, name: string, value: number[]): OpAttribute => ({
  name,
  type: binding.TF_ATTR_SHAPE,
  value,
});
