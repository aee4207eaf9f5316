import { ZooError } from '@zoo/core';
import { alignHeap } from './align-heap.ts';
import { type WasmBackend, wasmBackend } from './backend.ts';
import { watchFilters } from './kept-panels.ts';
import { createKernelModule, type KernelModule } from './module/kernel-module.ts';

const modules = new WeakMap<WasmBackend, KernelModule>();

let wanted: { threads?: number; workerScript?: string } = {};

const processors = (): number =>
  globalThis.process?.getBuiltinModule?.('node:os').availableParallelism() ?? navigator.hardwareConcurrency;

/**
 * Threads that the kernels use once the backend has started. They need its heap to be shared, which it is in the threaded build of tfjs.
 * Default: the machine's cores, at most 4.
 *
 * @param options.workerScript For a page whose Content-Security-Policy allows no `blob:` workers: the address from which it
 *   serves `@zoo/kernels/worker.js`. Default: a `blob:` address.
 * @throws ZooError `usage` for anything but a whole number of at least 1.
 */
export function setWasmThreads(threads: number, options: { workerScript?: string } = {}): void {
  if (!Number.isInteger(threads) || threads < 1)
    throw new ZooError('usage', `setWasmThreads: threads must be a whole number of at least 1, got ${threads}.`);
  wanted = { threads, ...options };
}

/** The module of a backend. It is started at the first call, and once. */
export function moduleOf(backend: WasmBackend): KernelModule {
  const running = modules.get(backend);
  if (running) return running;
  alignHeap(backend);
  watchFilters(backend);
  const module = createKernelModule(backend, wanted.threads ?? Math.min(4, processors()), wanted.workerScript);
  modules.set(backend, module);
  return module;
}

/** For tfjs: called when it starts the backend. */
export function startModule(backend: unknown): void {
  moduleOf(wasmBackend(backend));
}

/** For tfjs: called when it disposes of the backend, whose heap goes with it. */
export function endModule(backend: unknown): void {
  const known = wasmBackend(backend);
  modules.get(known)?.release();
  modules.delete(known);
}
