import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import { elements, ZooError } from '@zoo/core';

/** What these kernels use of tfjs's wasm backend. */
export interface WasmBackend {
  wasm: {
    HEAPF32: Float32Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
    /** Where tfjs's compiled kernels hear of tensors, by names that are never used twice. */
    tfjs: { disposeData(id: number): void };
    /** The threaded build's heap. */
    wasmMemory?: WebAssembly.Memory;
    /** The exports of the other builds. */
    asm: object;
  };
  /** `refCount` counts the tensors that hold the elements. */
  dataIdMap: { get(dataId: DataId): { id: number; memoryOffset: number; refCount: number } };
  /** On new memory, unless some is given. */
  makeOutput(shape: number[], dtype: 'float32', memoryOffset?: number): TensorInfo;
  disposeData(dataId: DataId, force?: boolean): boolean;
  /** One more tensor holds these elements: they stay until all of them are disposed. */
  incRef(dataId: DataId): void;
}

const isWasmBackend = (backend: object): backend is WasmBackend =>
  'wasm' in backend && 'dataIdMap' in backend && 'makeOutput' in backend;

/** The backend a kernel was called with, checked. */
export function wasmBackend(backend: unknown): WasmBackend {
  if (typeof backend === 'object' && backend !== null && isWasmBackend(backend)) return backend;
  throw new ZooError(
    'backend',
    'wasm kernels: called with a backend that is not tfjs-backend-wasm. Use tfjs-backend-wasm 4.22.',
  );
}

/**
 * A tensor's elements on the heap. Allocation may grow the heap and leave older views empty:
 * take views only after the outputs are made.
 */
export function view(backend: WasmBackend, { dataId, shape }: TensorInfo): Float32Array {
  const start = backend.dataIdMap.get(dataId).memoryOffset >>> 2;
  return backend.wasm.HEAPF32.subarray(start, start + elements(shape));
}

/** A tensor's address. It stays what it is when the heap grows. */
export const address = (backend: WasmBackend, { dataId }: TensorInfo): number =>
  backend.dataIdMap.get(dataId).memoryOffset;

/** The heap itself, for a module that shares it. */
export function heapMemory({ wasm }: WasmBackend): WebAssembly.Memory {
  const { memory }: { memory?: unknown } = wasm.asm ?? {};
  const heap = wasm.wasmMemory ?? memory;
  if (heap instanceof WebAssembly.Memory) return heap;
  throw new ZooError(
    'backend',
    'wasm kernels: the heap of tfjs-backend-wasm is not where it was in 4.22. Use tfjs-backend-wasm 4.22.',
  );
}
