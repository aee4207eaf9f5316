import * as tf from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import type { Candidate, Started } from '../candidate.ts';

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

/** Calls for that many threads, and has `start` bring them up. One thread where they do not come: that costs speed, never the run. */
async function startWith(threads: number, start: () => Promise<void>): Promise<string | undefined> {
  const { setThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
  const { setWasmThreads } = await import('@zoo/kernels/wasm');
  const call = (count: number) => {
    setWasmThreads(count);
    setThreadsCount(count);
    tf.env().set(threadedFlag, count > 1);
  };
  call(threads);
  if (threads === 1) {
    await setBackend();
    return undefined;
  }
  try {
    await start();
    return undefined;
  } catch (error) {
    call(1);
    await setBackend();
    return `threads did not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function startInNode(wanted: number | undefined): Promise<string | undefined> {
  const { startThreaded, defaultThreads } = await import('../node-threads.ts');
  const threads = wanted ?? defaultThreads();
  return startWith(threads, () => startThreaded(threads, setBackend));
}

/** Threads share memory, which browsers let only isolated pages do. */
async function startInBrowser(wanted: number | undefined): Promise<string | undefined> {
  if (globalThis.crossOriginIsolated !== true) {
    await startWith(1, setBackend);
    return 'threads need a cross-origin isolated page';
  }
  const { startThreaded, defaultThreads } = await import('../browser-threads.ts');
  const threads = wanted ?? defaultThreads();
  return startWith(threads, () => startThreaded(threads, setBackend));
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
    const note = await (tf.env().getBool('IS_NODE') ? startInNode(options.threads) : startInBrowser(options.threads));
    const threads = await running();
    return { threads, detail: describe(threads, note) };
  },
};
