import '../wasm.ts';
import v8 from 'node:v8';
import workerThreads from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs-core';
import { startThreads } from '@zoo/testing/backends';
import { ofKind } from '@zoo/testing/complete';
import { wasmBackend } from '../wasm/backend.ts';
import type { KernelModule } from '../wasm/module/kernel-module.ts';
import { moduleOf } from '../wasm/module-of.ts';

// Node 20 has relaxed SIMD behind a flag, later ones have it without.
if (Number(process.versions.node.split('.')[0]) < 22) v8.setFlagsFromString('--experimental-wasm-relaxed-simd');

/** What our module may be compiled for, and on how many threads it runs. */
export interface Machine {
  threads: number;
  instructions: 'relaxed' | 'simd128';
}

const all: readonly Machine[] = [
  { threads: 1, instructions: 'relaxed' },
  { threads: 2, instructions: 'relaxed' },
  { threads: 1, instructions: 'simd128' },
  { threads: 2, instructions: 'simd128' },
];

/** Each number of threads and each set of instructions; in a complete run each with each. */
export const machines = ofKind(all, ({ threads, instructions }) => (threads === 1) === (instructions === 'simd128'));

export const kernelModule = (): KernelModule => moduleOf(wasmBackend(tf.backend()));

/** Until every thread has joined in: before, the others do its work. */
export async function allThreads(): Promise<void> {
  while (kernelModule().present() < kernelModule().threads) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A program that an engine without relaxed SIMD refuses: the module that needs it. */
function withoutRelaxed<T>(body: () => Promise<T>): Promise<T> {
  const { validate } = WebAssembly;
  let refused = false;
  // The first module that is offered is the relaxed one.
  WebAssembly.validate = (bytes) => {
    if (refused) return validate(bytes);
    refused = true;
    return false;
  };
  return body().finally(() => {
    WebAssembly.validate = validate;
  });
}

const factory = tf.findBackendFactory('wasm');

/** Ends tfjs's wasm backend, with its heap and its threads, and brings up another. */
export async function startWasm({ threads, instructions }: Machine, Worker = workerThreads.Worker): Promise<void> {
  if (tf.findBackendFactory('wasm')) tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
  tf.env().set('WASM_HAS_SIMD_SUPPORT', true);
  const { Worker: usual } = workerThreads;
  workerThreads.Worker = Worker;
  const start = () => startThreads(threads);
  try {
    await (instructions === 'relaxed' ? start() : withoutRelaxed(start));
  } finally {
    workerThreads.Worker = usual;
  }
  await allThreads();
}
