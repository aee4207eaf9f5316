import type { TensorInfo } from '@tensorflow/tfjs-core';
import { address, type WasmBackend } from './backend.ts';

/** What takes a tensor's place. */
export interface Successor {
  /** Where its elements go. */
  address: number;
  /** Called once they are there. */
  take(): TensorInfo;
}

/**
 * The output that takes the place of an input: on the input's memory, which is the input's no longer, unless another tensor holds it too;
 * then on new memory. It has a name of its own either way, for kernels keep packed copies of weights by name.
 */
export function successor(backend: WasmBackend, { dataId, shape }: TensorInfo): Successor {
  const held = backend.dataIdMap.get(dataId);
  if (held.refCount > 1) {
    const output = backend.makeOutput([...shape], 'float32');
    return { address: address(backend, output), take: () => output };
  }
  return {
    address: held.memoryOffset,
    take() {
      const output = backend.makeOutput([...shape], 'float32', held.memoryOffset);
      held.memoryOffset = 0;
      return output;
    },
  };
}
