import { ZooError } from '@zoo/core';
import { heapMemory, type WasmBackend } from '../heap.ts';
import { compiled, type Instructions } from './compiled.ts';
import {
  isKernelExports,
  type KernelExports,
  type KernelName,
  type KernelPlans,
  type PlanName,
} from './kernel-exports.ts';
import { type StartedWorker, startWorker } from './workers.ts';

/** Our module on the heap of one backend, with its threads. */
export interface Core {
  instructions: Instructions;
  /** Threads that compute, the calling one among them. */
  threads: number;
  /** Threads of these that are there already: the others come, and until then the rest do their work. */
  present(): number;
  /** Calls a kernel. Throws ZooError `backend` where a thread has ended. */
  run<Name extends KernelName>(name: Name, ...args: Parameters<KernelExports[Name]>): void;
  /** Answers with the bytes of scratch that what it plans will need. */
  plan<Name extends PlanName>(name: Name, ...args: Parameters<KernelPlans[Name]>): number;
  /** Does the product that was planned last. */
  multiply(bytes: number): void;
  /** Where at most 16 whole numbers stand, until the next call. */
  list(values: readonly number[]): number;
  /** The address of that many bytes, aligned to a cache line: what the last kernel left there is lost. */
  scratch(bytes: number): number;
  /** Ends the workers. */
  release(): void;
}

/** Bytes of the block that the threads share, see assembly/control.ts. */
const controlBytes = 512;
/** Places in it, counted in words: those of the class there, and of `list`. */
const [readyAt, mayBlockAt, patienceAt, threadsAt, listAt] = [5, 7, 8, 9, 112];
const cacheLine = 64;

/** Milliseconds without any progress after which a thread counts as lost. No item takes a second. */
const patience = 30_000;

const statuses: Readonly<Record<number, string>> = { 1: 'a thread broke down', 2: 'a thread does not answer' };

/** Only the main thread of a page may not sleep. */
const mayBlock = (): boolean => typeof document === 'undefined';

export function createCore(backend: WasmBackend, wantedThreads: number, workerScript?: string): Core {
  const { wasm } = backend;
  const memory = heapMemory(backend);
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const { module, instructions } = compiled(shared);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (!isKernelExports(exports)) throw new Error('the embedded module lacks a kernel: npm run build:wasm');
  const kernels = exports;

  const allocate = (bytes: number): number => {
    const address = wasm._malloc(bytes + cacheLine) >>> 0;
    if (address) return address;
    throw new ZooError('backend', `wasm kernels: no ${bytes} bytes left on the heap. Use a smaller batch.`);
  };
  const align = (address: number): number => Math.ceil(address / cacheLine) * cacheLine;

  const control = align(allocate(controlBytes));
  const words = new Int32Array(memory.buffer, control, controlBytes / 4);
  words.fill(0);
  words[mayBlockAt] = mayBlock() ? 1 : 0;
  words[patienceAt] = patience;
  const threads = shared ? wantedThreads : 1;
  words[threadsAt] = threads;
  kernels.initialize(control);

  let lost: string | undefined;
  let released = false;
  const workers: StartedWorker[] = [];
  for (let thread = 1; thread < threads; thread++)
    workers.push(
      startWorker({ module, memory, control, thread }, workerScript, (reason) => {
        if (!released) lost ??= `thread ${thread + 1} of ${threads} has ended, ${reason}`;
      }),
    );

  const checkThreads = (): void => {
    if (lost) throw new ZooError('backend', `wasm kernels: ${lost}. Start the backend anew.`);
  };
  const run: Core['run'] = (name, ...args) => {
    checkThreads();
    const status: unknown = Reflect.apply(kernels[name], undefined, args);
    if (status === 0) return;
    lost = statuses[Number(status)] ?? `status ${status}`;
    checkThreads();
  };
  let [scratchAt, scratchBytes] = [0, 0];
  const scratch = (bytes: number): number => {
    if (bytes > scratchBytes) {
      if (scratchAt) wasm._free(scratchAt);
      scratchAt = 0;
      scratchBytes = 0;
      scratchAt = allocate(bytes);
      scratchBytes = bytes;
    }
    return align(scratchAt);
  };
  return {
    instructions,
    threads,
    present: () => 1 + Atomics.load(words, readyAt),
    run,
    scratch,
    plan: (name, ...args) => Number(Reflect.apply(kernels[name], undefined, args)) >>> 0,
    multiply: (bytes) => run('multiply', scratch(bytes)),
    list(values) {
      // Of a heap that has grown since, this view still is the same memory only where it is shared.
      new Int32Array(memory.buffer, control).set(values, listAt);
      return control + 4 * listAt;
    },
    release() {
      released = true;
      for (const worker of workers) worker.end();
    },
  };
}
