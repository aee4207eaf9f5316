import type { TensorInfo } from '@tensorflow/tfjs-core';
import { elementType, execute, type NativeTensor, shape, type TensorflowBackend, text } from './tensorflow-backend.ts';

/** A tensor of tfjs for as long as it is a variable of TensorFlow, which some ops change in place. */
export interface BorrowedVariable {
  /** What those ops take. */
  handle: number;
  /** Calls `use` with the id of its elements, which are not copied: held any longer, they could not change in place. */
  whileRead(use: (id: number) => void): void;
  /** Ends the variable. Its elements are a new tensor's, and no longer the old one's. */
  replace(): NativeTensor;
  /** Ends the variable. Its elements are the old tensor's again. */
  giveBack(): void;
}

/**
 * Makes a variable of a tensor without copying it. Where nothing else of tfjs holds the tensor's elements, they change in place;
 * where something does, TensorFlow sees that they are shared, and copies them before it changes them.
 *
 * @param name Tells the variables apart that exist at once.
 */
export function borrowVariable(backend: TensorflowBackend, tensor: TensorInfo, name: string): BorrowedVariable {
  const { binding, tensorMap } = backend;
  const inputs = backend.getInputTensorIds([tensor]);
  const entry = tensorMap.get(tensor.dataId);
  const dtype = elementType(backend, 'dtype');
  const identity = [text(backend, 'container', ''), text(backend, 'shared_name', name)];
  const handle = execute(backend, 'VarHandleOp', [...identity, dtype, shape(backend, 'shape', tensor.shape)], []).id;
  binding.executeOp('AssignVariableOp', [dtype], [handle, ...inputs], 0);
  const alone = entry.refCount === 1;
  if (alone) {
    binding.deleteTensor(entry.id);
    entry.id = -1;
  }
  const read = () => execute(backend, 'ReadVariableOp', [dtype], [handle]);
  const replace = () => {
    const value = read();
    binding.executeOp('DestroyResourceOp', [], [handle], 0);
    binding.deleteTensor(handle);
    return value;
  };
  return {
    handle,
    whileRead(use) {
      const { id } = read();
      try {
        use(id);
      } finally {
        binding.deleteTensor(id);
      }
    },
    replace,
    giveBack() {
      const { id } = replace();
      if (alone) entry.id = id;
      else binding.deleteTensor(id);
    },
  };
}
