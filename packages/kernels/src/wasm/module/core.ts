import { ZooError } from '@zoo/core';
import { heapMemory, type WasmBackend } from '../heap.ts';
import { compiled, type Instructions } from './compiled.ts';
import { isKernelExports, type KernelExports, type KernelName } from './kernel-exports.ts';
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
  /** The address of that many bytes, aligned to a cache line: what the last kernel left there is lost. */
  scratch(bytes: number): number;
  /** Ends the workers. */
  release(): void;
}

/** Bytes of the block that the threads share: `controlBytes` of assembly/control.ts. */
const controlBytes = 512;
/** Places in it, counted in words: `mayBlock` and `patience` of the class there. */
const [readyAt, mayBlockAt, patienceAt] = [5, 7, 8];
const cacheLine = 64;

/** Milliseconds without any progress after which a thread counts as lost. No item takes a second. */
const patience = 30_000;

const statuses: Readonly<Record<number, string>> = { 1: 'a thread broke down', 2: 'a thread does not answer' };

/** Only the main thread of a page may not sleep. */
const mayBlock = (): boolean => typeof document === 'undefined';

export function createCore(backend: WasmBackend, wantedThreads: number): Core {
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
  kernels.initialize(control);

  let lost: string | undefined;
  let released = false;
  const workers: StartedWorker[] = [];
  const threads = shared ? wantedThreads : 1;
  for (let thread = 1; thread < threads; thread++)
    workers.push(
      startWorker({ module, memory, control, thread }, (reason) => {
        if (!released) lost ??= `thread ${thread + 1} of ${threads} has ended, ${reason}`;
      }),
    );

  const checkThreads = (): void => {
    if (lost) throw new ZooError('backend', `wasm kernels: ${lost}. Start the backend anew.`);
  };
  let [scratchAt, scratchBytes] = [0, 0];
  return {
    instructions,
    threads,
    present: () => 1 + Atomics.load(words, readyAt),
    run(name, ...args) {
      checkThreads();
      const status: unknown = Reflect.apply(kernels[name], undefined, args);
      if (status === 0) return;
      lost = statuses[Number(status)] ?? `status ${status}`;
      checkThreads();
    },
    scratch(bytes) {
      if (bytes > scratchBytes) {
        if (scratchAt) wasm._free(scratchAt);
        scratchAt = 0;
        scratchBytes = 0;
        scratchAt = allocate(bytes);
        scratchBytes = bytes;
      }
      return align(scratchAt);
    },
    release() {
      released = true;
      for (const worker of workers) worker.end();
    },
  };
}
