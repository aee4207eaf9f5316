import * as tf from '@tensorflow/tfjs-core';

/** The place where a variable's numbers are to be written, all of them. */
export interface VariableMemory {
  /** Asked for anew after every wait: a heap may have moved. */
  numbers(): Float32Array;
  /** To be called when they are written. */
  changed(): void;
}

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

/** What is used of tfjs-node. */
interface NodeBackend {
  binding: object;
  tensorMap: {
    has(dataId: object): boolean;
    get(dataId: object): { values: unknown; refCount: number };
  };
}

const isWasmBackend = (backend: object): backend is WasmBackend => 'wasm' in backend && 'dataIdMap' in backend;
const isNodeBackend = (backend: object): backend is NodeBackend => 'binding' in backend && 'tensorMap' in backend;

/** A variable on the heap of tfjs's wasm backend. */
function onHeap({ wasm, dataIdMap }: WasmBackend, variable: tf.Variable): VariableMemory | undefined {
  if (!dataIdMap.has(variable.dataId) || dataIdMap.get(variable.dataId).refCount !== 1) return undefined;
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

/** Arrays that were made here and given to a variable: nobody else's, unlike those that came with a user's tensor. */
const ours = new WeakSet<Float32Array>();

/** The array that tfjs-node keeps for a variable until an op first uses it. */
function heldArray({ tensorMap }: NodeBackend, variable: tf.Variable): Float32Array | undefined {
  if (!tensorMap.has(variable.dataId)) return undefined;
  const { values, refCount } = tensorMap.get(variable.dataId);
  return refCount === 1 && values instanceof Float32Array && ours.has(values) ? values : undefined;
}

/**
 * Where a variable's numbers are to be written: where the backend keeps them, so that the largest weight of an AlexNet is not there
 * twice, or in an array that becomes the variable's. What is there before is not to be relied on.
 * On wasm it is the heap; on tfjs-node the array that waits for the first op, which `dataSync` may have given away.
 */
export function memoryOf(variable: tf.Variable): VariableMemory {
  const backend: object = tf.backend();
  const shared = isWasmBackend(backend) ? onHeap(backend, variable) : undefined;
  if (shared) return shared;
  const held = () => (isNodeBackend(backend) ? heldArray(backend, variable) : undefined);
  const values = held() ?? new Float32Array(variable.size);
  return {
    numbers: () => values,
    changed() {
      if (held() === values) return;
      ours.add(values);
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    },
  };
}
