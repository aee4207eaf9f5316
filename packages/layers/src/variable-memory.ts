import * as tf from '@tensorflow/tfjs-core';

/** The place where a variable's numbers are to be written, all of them. */
export interface VariableMemory {
  /** Where they are to be written. Asked for anew after every wait where it is not `steady`: a heap may move. */
  numbers(): Float32Array;
  /** Whether `numbers` stay where they are until `changed`, whatever becomes of the variable, so that others may write there meanwhile. */
  steady: boolean;
  /** To be called once, when they are written, or when that has failed. */
  changed(): void;
}

/** What is used of tfjs's wasm backend. */
interface WasmBackend {
  incRef(dataId: object): void;
  disposeData(dataId: object): boolean;
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

/** The heap of the threaded build is shared, and where it grows it grows in its place. */
const isShared = (buffer: ArrayBufferLike): boolean =>
  typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;

/** A variable on the heap of tfjs's wasm backend. */
function inWasmMemory(backend: WasmBackend, { dataId, size }: tf.Variable): VariableMemory | undefined {
  const { wasm, dataIdMap } = backend;
  if (!dataIdMap.has(dataId) || dataIdMap.get(dataId).refCount !== 1) return undefined;
  // Held until it is written: the place of a variable that is disposed of would go to others.
  backend.incRef(dataId);
  return {
    numbers() {
      const start = dataIdMap.get(dataId).memoryOffset >>> 2;
      return wasm.HEAPF32.subarray(start, start + size);
    },
    steady: isShared(wasm.HEAPF32.buffer),
    changed() {
      if (backend.disposeData(dataId)) return;
      // Convolutions keep a packed copy of the weights that they have met, which goes with the tensor's registration.
      const { id, memoryOffset } = dataIdMap.get(dataId);
      wasm.tfjs.disposeData(id);
      wasm.tfjs.registerTensor(id, size, memoryOffset);
    },
  };
}

/** Arrays that were made here and given to a variable: nobody else's, unlike those that came with a user's tensor. */
const ownArrays = new WeakSet<Float32Array>();

/** The array that tfjs-node keeps for a variable until an op first uses it. */
function unusedArray({ tensorMap }: NodeBackend, variable: tf.Variable): Float32Array | undefined {
  if (!tensorMap.has(variable.dataId)) return undefined;
  const { values, refCount } = tensorMap.get(variable.dataId);
  return refCount === 1 && values instanceof Float32Array && ownArrays.has(values) ? values : undefined;
}

/**
 * Where a variable's numbers are to be written: where the backend keeps them, so that the largest weight of an AlexNet is not there
 * twice, or in an array that becomes the variable's. What is there before is not to be relied on.
 * On wasm it is the heap; on tfjs-node the array that waits for the first op, which `dataSync` may have given away.
 */
export function memoryOf(variable: tf.Variable): VariableMemory {
  const backend: object = tf.backend();
  const shared = isWasmBackend(backend) ? inWasmMemory(backend, variable) : undefined;
  if (shared) return shared;
  const held = () => (isNodeBackend(backend) ? unusedArray(backend, variable) : undefined);
  const values = held() ?? new Float32Array(variable.size);
  return {
    numbers: () => values,
    steady: true,
    changed() {
      if (variable.isDisposed || held() === values) return;
      ownArrays.add(values);
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    },
  };
}
