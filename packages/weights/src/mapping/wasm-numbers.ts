import * as tf from '@tensorflow/tfjs-core';

/** What is used of tfjs's wasm backend. */
interface WasmBackend {
  wasm: {
    HEAPF32: Float32Array;
    tfjs: { disposeData(id: number): void; registerTensor(id: number, size: number, memoryOffset: number): void };
  };
  dataIdMap: {
    has(dataId: object): boolean;
    get(dataId: object): { id: number; memoryOffset: number; refCount: number };
  };
}

const isWasmBackend = (backend: object): backend is WasmBackend => 'wasm' in backend && 'dataIdMap' in backend;

/**
 * A variable's numbers on the heap of tfjs's wasm backend, and what to call when they have changed; undefined on another backend,
 * and where another tensor shares them. Ask for `numbers` anew after every wait: the heap may have moved.
 */
export function wasmNumbers(variable: tf.Variable): { numbers: () => Float32Array; changed: () => void } | undefined {
  const backend: object = tf.backend();
  if (!isWasmBackend(backend) || !backend.dataIdMap.has(variable.dataId)) return undefined;
  const { wasm, dataIdMap } = backend;
  if (dataIdMap.get(variable.dataId).refCount !== 1) return undefined;
  return {
    numbers() {
      const start = dataIdMap.get(variable.dataId).memoryOffset >>> 2;
      return wasm.HEAPF32.subarray(start, start + variable.size);
    },
    // Convolutions keep a packed copy of the weights that they have met, which goes with the tensor's registration.
    changed() {
      const { id, memoryOffset } = dataIdMap.get(variable.dataId);
      wasm.tfjs.disposeData(id);
      wasm.tfjs.registerTensor(id, variable.size, memoryOffset);
    },
  };
}
