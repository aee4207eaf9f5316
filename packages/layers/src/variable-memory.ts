import * as tf from '@tensorflow/tfjs-core';
import { sumElements } from '@zoo/kernels';

/** Memory into which all elements of a variable are written. */
export interface VariableMemory {
  /** The memory itself. Unless it is stable, get it again after every `await`: a heap may move. */
  elements(): Float32Array;
  /** Whether `elements` stays valid until `commit`, even if the variable is disposed of, so that several readers may write concurrently. */
  isStable: boolean;
  /**
   * Whether a run of the elements has a finite sum, where the backend adds faster than a loop over `elements()` does: then all of them
   * are finite. Without, they are to be looked at one by one: large ones overflow.
   */
  hasFiniteSum?(start: number, length: number): boolean;
  /** Call this once, after writing or when writing has failed. */
  commit(): void;
}

/** The part of tfjs's wasm backend that is used. */
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

/** The heap of the threaded build is shared memory, which grows in place. */
const isShared = (buffer: ArrayBufferLike): boolean =>
  typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;

/** A variable in the memory of tfjs's wasm backend. */
function inWasmMemory(backend: WasmBackend, variable: tf.Variable): VariableMemory | undefined {
  const { dataId, size } = variable;
  const { wasm, dataIdMap } = backend;
  if (!dataIdMap.has(dataId) || dataIdMap.get(dataId).refCount !== 1) return undefined;
  // Referenced until it is written: the memory of a disposed variable would be reused.
  backend.incRef(dataId);
  return {
    elements() {
      const start = dataIdMap.get(dataId).memoryOffset >>> 2;
      return wasm.HEAPF32.subarray(start, start + size);
    },
    isStable: isShared(wasm.HEAPF32.buffer),
    hasFiniteSum(start, length) {
      if (variable.isDisposed) return false;
      const sum = sumElements(variable, start, length);
      try {
        return Number.isFinite(sum.dataSync()[0]);
      } finally {
        sum.dispose();
      }
    },
    commit() {
      if (backend.disposeData(dataId)) return;
      // Convolutions cache a packed copy of their weights, which is dropped with the tensor's registration.
      const { id, memoryOffset } = dataIdMap.get(dataId);
      wasm.tfjs.disposeData(id);
      wasm.tfjs.registerTensor(id, size, memoryOffset);
    },
  };
}

/** Arrays that were created here for a variable: nothing else refers to them, unlike those of a user's tensor. */
const ownArrays = new WeakSet<Float32Array>();

/** The array that tfjs-node keeps for a variable until an op first uses it. */
function unusedArray({ tensorMap }: NodeBackend, variable: tf.Variable): Float32Array | undefined {
  if (!tensorMap.has(variable.dataId)) return undefined;
  const { values, refCount } = tensorMap.get(variable.dataId);
  return refCount === 1 && values instanceof Float32Array && ownArrays.has(values) ? values : undefined;
}

/**
 * Memory for writing a variable: the backend's own memory, so that the largest weight of an AlexNet is not held
 * twice, or an array that becomes the variable's. Its initial content is undefined.
 * On wasm it is the heap; on tfjs-node the array that is kept until the first op, unless `dataSync` has exposed it.
 */
export function variableMemory(variable: tf.Variable): VariableMemory {
  const backend: object = tf.backend();
  const shared = isWasmBackend(backend) ? inWasmMemory(backend, variable) : undefined;
  if (shared) return shared;
  const held = () => (isNodeBackend(backend) ? unusedArray(backend, variable) : undefined);
  const values = held() ?? new Float32Array(variable.size);
  return {
    elements: () => values,
    isStable: true,
    commit() {
      if (variable.isDisposed || held() === values) return;
      ownArrays.add(values);
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    },
  };
}
