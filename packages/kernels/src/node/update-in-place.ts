import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { type BorrowedVariable, borrowVariable } from './borrowed-variable.ts';
import { elementType, type TensorflowBackend } from './tensorflow-backend.ts';

/** Runs one of TensorFlow's ops that change variables. Its inputs are ids; those of variables are their handles. */
export type Apply = (op: string, ...inputs: number[]) => void;

/** A single number as a tensor, for as long as the update runs. Gives its id. */
export type Scalar = (value: number) => number;

/**
 * Changes tensors by TensorFlow's update ops, in place where nothing else holds their elements.
 *
 * @param update Is given the tensors as variables.
 * @returns The changed tensors, to which the old ones have given up their elements. After an error the old ones
 *   have them again, as far as the update has come.
 */
export function updateInPlace(
  backend: TensorflowBackend,
  tensors: readonly TensorInfo[],
  update: (variables: readonly BorrowedVariable[], apply: Apply, scalar: Scalar) => void,
): Tensor[] {
  const { binding } = backend;
  const scalars: number[] = [];
  const scalar: Scalar = (value) => {
    const id = binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value));
    scalars.push(id);
    return id;
  };
  const apply: Apply = (op, ...inputs) => void binding.executeOp(op, [elementType(backend)], inputs, 0);
  const variables = tensors.map((tensor, index) => borrowVariable(backend, tensor, `zoo-${index}`));
  try {
    update(variables, apply, scalar);
  } catch (error) {
    for (const variable of variables) variable.giveBack();
    throw error;
  } finally {
    for (const id of scalars) binding.deleteTensor(id);
  }
  return variables.map((variable) => backend.createOutputTensor(variable.replace()));
}
