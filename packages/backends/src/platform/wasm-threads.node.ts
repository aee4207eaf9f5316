import nodeModule from 'node:module';
import os from 'node:os';
import workerThreads, { type Transferable, type WorkerOptions } from 'node:worker_threads';
import type { BackendOptions } from '../candidate.ts';
import { replace } from '../wasm/replace.ts';
import { type ThreadAddresses, watchThreadAddresses } from '../wasm/thread-addresses.ts';

export const defaultThreads = (): number => Math.min(4, os.availableParallelism());

/** Nothing in Node stands against threads, and a failure costs little. */
export const noThreads = (_options: BackendOptions): string | undefined => undefined;

export const rememberFailure = (_reason: string, _options: BackendOptions): void => {};

const build = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd';

/** The two scripts of the threaded build: the worker's as text, the main one by its path. */
function scripts(): { worker: string; main: string } {
  const require = nodeModule.createRequire(import.meta.url);
  const loaded: unknown = require(`${build}.worker.js`);
  if (typeof loaded !== 'object' || loaded === null || !('wasmWorkerContents' in loaded))
    throw new Error('tfjs-backend-wasm has no worker script');
  // Its line ends stand inside of string literals: tfjs escapes them in the same way.
  return { worker: String(loaded.wasmWorkerContents).replace(/\n/g, '\\n'), main: require.resolve(`${build}.js`) };
}

const isCommand = (message: unknown, command: string): message is object =>
  typeof message === 'object' && message !== null && 'cmd' in message && message.cmd === command;

/**
 * Node's workers refuse the `blob:` addresses from which tfjs starts its threads.
 * This one runs the same scripts from the package; a worker of anybody else is left as it is.
 */
function threadWorker(
  Worker: typeof workerThreads.Worker,
  addresses: ThreadAddresses,
  idle: Set<workerThreads.Worker>,
  failed: (error: unknown) => boolean,
): typeof workerThreads.Worker {
  const { worker, main } = scripts();
  class ThreadWorker extends Worker {
    private report: (error: unknown) => void = failed;
    constructor(options?: WorkerOptions) {
      super(worker, { ...options, eval: true });
      idle.add(this);
    }
    override postMessage(message: unknown, transfer?: readonly Transferable[]): void {
      if (isCommand(message, 'run')) idle.delete(this);
      super.postMessage(isCommand(message, 'load') ? { ...message, urlOrBlob: main } : message, transfer);
    }
    /** A waiting thread must not keep the process alive; emscripten would have every running thread do so. */
    override ref(): void {}
    /**
     * Emscripten's own error handler, which ends the process. A thread that fails while starting is
     * a reason to do without threads instead.
     */
    set onerror(handler: (error: unknown) => void) {
      this.report = (error) => failed(error) || handler(error);
    }
    get onerror(): (error: unknown) => void {
      return this.report;
    }
  }
  return new Proxy(Worker, {
    construct(target, args, newTarget) {
      const [script, options] = args;
      if (!addresses.has(String(script))) return Reflect.construct(target, args, newTarget);
      try {
        return new ThreadWorker(options);
      } catch (error) {
        // tfjs would keep the reason to itself.
        failed(error);
        throw error;
      }
    },
  });
}

/** Calls `start` while Node looks to tfjs like a place where its threaded build runs, and puts everything back. */
export async function startThreaded(
  threads: number,
  start: () => Promise<void>,
  _options: BackendOptions = {},
): Promise<void> {
  const { Worker } = workerThreads;
  const [core] = os.cpus();
  const idle = new Set<workerThreads.Worker>();
  const addresses = watchThreadAddresses();
  const undo = [addresses.restore];
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      let starting = true;
      const failed = (error: unknown): boolean => {
        if (starting) reject(error);
        return starting;
      };
      const ThreadWorker = threadWorker(Worker, addresses, idle, failed);
      undo.push(
        replace(workerThreads, 'Worker', ThreadWorker),
        // tfjs's module puts it there.
        replace(globalThis, 'Worker', ThreadWorker),
      );
      // tfjs uses at most half of the cores it sees.
      if (core) undo.push(replace(os, 'cpus', () => Array.from({ length: 2 * threads }, () => core)));
      timer = setTimeout(() => failed(new Error('no answer within 20 seconds')), 20_000);
      start().then(() => {
        starting = false;
        resolve();
      }, reject);
    });
  } finally {
    clearTimeout(timer);
    for (const one of undo) one();
    // The build brings up eight whatever it is asked for; those without work would hold their memory for nothing.
    for (const worker of idle) void worker.terminate();
  }
}
