import { ZooError } from '@zoo/core';
import { heapMemory, type WasmBackend } from '../backend.ts';
import { compiled, type Instructions } from './compiled.ts';
import {
  bytesOfGeometry,
  Control,
  exportNames,
  type Geometry,
  jobBytes,
  jobOffset,
  type Kernels,
  noAnswer,
  type Others,
  ok,
  type Plans,
  threadFailed,
  writeGeometry,
} from './generated/boundary.ts';
import { type StartedWorker, startWorker } from './workers.ts';

/** Our module on the heap of one backend, with its threads. */
export interface KernelModule {
  instructions: Instructions;
  /** Threads that compute, the calling one among them. */
  threads: number;
  /** Threads of these that are there already: the others come, and until then the rest do their work. */
  present(): number;
  /** Calls a kernel. Throws ZooError `backend` where a thread has ended. */
  run<Name extends keyof Kernels>(name: Name, ...args: Parameters<Kernels[Name]>): void;
  /** Answers with the bytes of scratch that what it plans will need. */
  plan<Name extends keyof Plans>(name: Name, ...args: Parameters<Plans[Name]>): number;
  /** Calls the kernel that was planned last, with that many bytes of scratch. */
  runPlanned(name: PlannedKernel, bytes: number): void;
  /** Where a geometry stands, until the next is written. */
  geometry(values: Geometry): number;
  /** The address of that many bytes, aligned to a cache line: what the last kernel left there is lost. */
  scratch(bytes: number): number;
  /** Ends the workers. */
  release(): void;
}

/** Kernels that take an address of scratch alone: a plan has said the rest. */
type PlannedKernel = {
  [Name in keyof Kernels]: Parameters<Kernels[Name]> extends [scratch: number] ? Name : never;
}[keyof Kernels];

type Exports = Kernels & Plans & Others;

const isExports = (exports: object): exports is Exports =>
  exportNames.every((name) => typeof Reflect.get(exports, name) === 'function');

/** The block that the threads share, see assembly/threads/control.ts: their state, the arguments of a job, a structure. */
const structureOffset = jobOffset + jobBytes;
const controlBytes = structureOffset + bytesOfGeometry;
const cacheLine = 64;

/** Milliseconds without any progress after which a thread counts as lost. No item takes a second. */
const timeout = 30_000;

const failures: Readonly<Record<number, string>> = {
  [threadFailed]: 'a thread broke down',
  [noAnswer]: 'a thread does not answer',
};

/** Only the main thread of a page may not sleep. */
const mayBlock = (): boolean => typeof document === 'undefined';

export function createKernelModule(backend: WasmBackend, wantedThreads: number, workerScript?: string): KernelModule {
  const { wasm } = backend;
  const memory = heapMemory(backend);
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const { module, instructions } = compiled(shared);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (!isExports(exports)) throw new Error('the embedded module lacks a kernel: npm run build:wasm');
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
  words[Control.mayBlock / 4] = mayBlock() ? 1 : 0;
  words[Control.timeout / 4] = timeout;
  const threads = shared ? wantedThreads : 1;
  words[Control.threads / 4] = threads;
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
  const run: KernelModule['run'] = (name, ...args) => {
    checkThreads();
    const status: unknown = Reflect.apply(kernels[name], undefined, args);
    if (status === ok) return;
    lost = failures[Number(status)] ?? `status ${status}`;
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
    present: () => 1 + Atomics.load(words, Control.ready / 4),
    run,
    scratch,
    plan: (name, ...args) => Number(Reflect.apply(kernels[name], undefined, args)) >>> 0,
    runPlanned: (name, bytes) => run(name, scratch(bytes)),
    geometry(values) {
      const address = control + structureOffset;
      // Of a heap that has grown since, this view still is the same memory only where it is shared.
      writeGeometry(new Int32Array(memory.buffer, address), values);
      return address;
    },
    release() {
      released = true;
      for (const worker of workers) worker.end();
    },
  };
}
