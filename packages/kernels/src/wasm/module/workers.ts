/** What a worker needs to join: the module, the heap, where the pool lies in it, and which thread it is. */
export interface Membership {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  control: number;
  thread: number;
}

export interface StartedWorker {
  end(): void;
}

/**
 * The whole program of a worker: it serves until it is ended, and naps longer the longer there is nothing to do.
 * Where it breaks down, it says so before it goes.
 */
const join = `function join({ module, memory, control, thread }) {
  const { exports: kernels } = new WebAssembly.Instance(module, { env: { memory } });
  kernels.enter(control);
  try {
    for (let nap = 1; ; ) nap = kernels.serve(thread, nap) ? 1 : Math.min(2 * nap, 256);
  } catch (error) {
    kernels.fail();
    throw error;
  }
}`;

type Ended = (reason: string) => void;

/** Node's own module, asked for so that no bundler ever looks for it. */
const nodeThreads = () => globalThis.process?.getBuiltinModule?.('node:worker_threads');

function startInNode(
  { Worker }: NonNullable<ReturnType<typeof nodeThreads>>,
  membership: Membership,
  ended: Ended,
): StartedWorker {
  const program = `${join}\njoin(require('node:worker_threads').workerData);`;
  const worker = new Worker(program, { eval: true, workerData: membership, execArgv: [], name: 'wasm kernels' });
  // A waiting thread must not keep the process alive.
  worker.unref();
  worker.on('error', (error) => ended(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => ended(`exit code ${code}`));
  return { end: () => void worker.terminate() };
}

/** The whole script of a worker of a page. */
export const workerScript = `${join}
addEventListener('message', ({ data }) => {
  if (data?.control !== undefined) join(data);
});
`;

function startInBrowser(membership: Membership, ended: Ended, script: string | undefined): StartedWorker {
  const address = script ?? URL.createObjectURL(new Blob([workerScript], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'wasm kernels' });
  worker.onerror = (event) => {
    event.preventDefault();
    ended(event.message || 'the page does not let it start');
  };
  worker.postMessage(membership);
  return {
    end() {
      worker.terminate();
      if (script === undefined) URL.revokeObjectURL(address);
    },
  };
}

/**
 * Starts one worker, which joins the pool whenever it is ready.
 *
 * @param script In a page, where `workerScript` is served; else it is made into a `blob:` address.
 * @param ended Called when it ends or breaks down, also after `end`.
 */
export function startWorker(membership: Membership, script: string | undefined, ended: Ended): StartedWorker {
  const threads = nodeThreads();
  return threads ? startInNode(threads, membership, ended) : startInBrowser(membership, ended, script);
}
