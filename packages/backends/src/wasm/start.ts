import { getThreadsCount, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { firstLine, ZooError } from '@zoo/core';
import { registerWasmKernels, setWasmThreads } from '@zoo/kernels/wasm';
import { withBinary } from '#platform/wasm-binary';
import { defaultThreads, noThreads, rememberFailure, startThreaded } from '#platform/wasm-threads';
import type { BackendOptions, Started } from '../candidate.ts';
import type { Begin } from './begin.ts';
import { wasmFiles } from './files.ts';
import { watchMemory } from './memory.ts';

const threadedFlag = 'WASM_HAS_MULTITHREAD_SUPPORT';

/** As tfjs-backend-wasm registers itself. */
const priority = 2;

const describe = (threads: number, note?: string): string =>
  `WebAssembly SIMD, ${threads} ${threads === 1 ? 'thread' : 'threads'}${note ? ` (${note})` : ''}`;

/** Threads of the running backend, 0 where none runs. tfjs would still know of one that it has disposed of. */
function running(): number {
  if (!('wasm' in tf.engine().registry)) return 0;
  return getThreadsCount();
}

async function setBackend(begin: Begin = (start) => start()): Promise<void> {
  if (!(await begin(() => tf.setBackend('wasm'))))
    throw new ZooError('backend', 'wasm: tfjs could not start it. What it printed on the console says why.');
  watchMemory(tf.backend());
}

/** How many threads all calls are to use from now on. */
function setThreads(count: number, { threadScript }: BackendOptions): void {
  setWasmThreads(count, threadScript === undefined ? {} : { workerScript: threadScript });
  setThreadsCount(count);
  tf.env().set(threadedFlag, count > 1);
}

async function startOnOne(options: BackendOptions): Promise<void> {
  setThreads(1, options);
  await withBinary(wasmFiles.single, options, setBackend);
}

/**
 * Starts the backend on that many threads. Where they do not come, on one: that costs speed, never the run.
 * @returns Why there is only one, if it is not what was asked for.
 */
async function startWith(threads: number, options: BackendOptions): Promise<string | undefined> {
  const threadsNote = threads > 1 ? noThreads(options) : undefined;
  if (threads === 1 || threadsNote !== undefined) {
    await startOnOne(options);
    return threadsNote;
  }
  setThreads(threads, options);
  const failure = await withBinary(wasmFiles.threaded, options, (begin) =>
    startThreaded(threads, () => setBackend(begin), options).then(() => undefined, firstLine),
  );
  if (failure === undefined) return undefined;
  rememberFailure(failure, options);
  await startOnOne(options);
  return `threads did not start: ${failure}`;
}

/** Makes tfjs forget a start that may never end: every later `tf.ready()` would wait for it. */
function giveUp(): void {
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory, priority);
}

/** Why a running backend has fewer threads than requested. */
const notes = new WeakMap<object, string>();

function runningNote(threads: number, wanted: number | undefined): string | undefined {
  if (wanted === threads) return undefined;
  return (
    notes.get(tf.backend()) ?? (wanted === undefined ? undefined : 'already running, threads are fixed at the start')
  );
}

/** Starts tfjs's wasm backend with the zoo's kernels, or takes the one that runs. */
export async function startWasm(options: BackendOptions): Promise<Started> {
  registerWasmKernels();
  const before = running();
  if (before > 0) {
    await setBackend();
    return { threads: before, detail: describe(before, runningNote(before, options.threads)) };
  }
  const note = await startWith(options.threads ?? defaultThreads(), options).catch((error: unknown) => {
    giveUp();
    throw error;
  });
  if (note !== undefined) notes.set(tf.backend(), note);
  const threads = running();
  return { threads, detail: describe(threads, note) };
}
