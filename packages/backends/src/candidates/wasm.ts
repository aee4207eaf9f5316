import * as tf from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import type { BackendOptions, Candidate, Started } from '../candidate.ts';

const threadedFlag = 'WASM_HAS_MULTITHREAD_SUPPORT';

const describe = (threads: number, note?: string): string =>
  `WebAssembly SIMD, ${threads} ${threads === 1 ? 'thread' : 'threads'}${note ? ` (${note})` : ''}`;

/** Threads of the running backend, 0 where none runs. tfjs would still know of one that it has disposed of. */
async function running(): Promise<number> {
  if (!('wasm' in tf.engine().registry)) return 0;
  const { getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
  return getThreadsCount();
}

async function setBackend(): Promise<void> {
  if (!(await tf.setBackend('wasm')))
    throw new ZooError(
      'backend',
      'wasm: tfjs could not start it. Is WebAssembly SIMD available, and are the .wasm files reachable?',
    );
  const { watchMemory } = await import('../wasm-memory.ts');
  watchMemory(tf.backend());
}

/** One thread unless the threaded build can be started: its failure costs speed, never the run. */
async function startInNode(options: BackendOptions): Promise<string | undefined> {
  const { startThreaded, defaultThreads } = await import('../node-threads.ts');
  const threads = options.threads ?? defaultThreads();
  if (threads > 1) {
    const { setWasmThreads } = await import('@zoo/kernels/wasm');
    setWasmThreads(threads);
    const { setThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
    setThreadsCount(threads);
    tf.env().set(threadedFlag, true);
    try {
      await startThreaded(threads, setBackend);
      return undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      tf.env().set(threadedFlag, false);
      await setBackend();
      return `threads did not start: ${reason}`;
    }
  }
  tf.env().set(threadedFlag, false);
  await setBackend();
  return undefined;
}

async function startInBrowser(options: BackendOptions): Promise<string | undefined> {
  const { setThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
  if (options.threads !== undefined) {
    const { setWasmThreads } = await import('@zoo/kernels/wasm');
    setWasmThreads(options.threads);
    setThreadsCount(options.threads);
  }
  const isolated = globalThis.crossOriginIsolated === true;
  tf.env().set(threadedFlag, isolated && options.threads !== 1);
  await setBackend();
  return isolated ? undefined : 'threads need a cross-origin isolated page';
}

/** WebAssembly with SIMD and, where it can, threads: fast without anything to install, and trains with @zoo/kernels/wasm. */
export const wasm: Candidate = {
  tfjsName: 'wasm',
  fix: 'npm install @tensorflow/tfjs-backend-wasm',
  async load() {
    const { registerWasmKernels } = await import('@zoo/kernels/wasm');
    registerWasmKernels();
  },
  async start(options): Promise<Started> {
    const before = await running();
    if (before > 0) {
      await setBackend();
      const changed = options.threads !== undefined && options.threads !== before;
      return {
        threads: before,
        detail: describe(before, changed ? 'already running, threads are fixed at the start' : undefined),
      };
    }
    const note = await (tf.env().getBool('IS_NODE') ? startInNode(options) : startInBrowser(options));
    const threads = await running();
    return { threads, detail: describe(threads, note) };
  },
};
