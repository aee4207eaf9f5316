import { version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { version } from '../../package.json';
import type { BackendOptions } from '../candidate.ts';
import { ping, pong } from '../wasm/ping.ts';
import { replace } from '../wasm/replace.ts';
import { type ThreadAddresses, watchThreadAddresses } from '../wasm/thread-addresses.ts';

export const defaultThreads = (): number => Math.min(4, navigator.hardwareConcurrency);

/** Milliseconds that a page's own script may take to come. */
const downloadTimeout = 10_000;

/** Milliseconds in which the script has to answer: it is there by then, and is 55 kB. */
const responseTimeout = 1000;

/** Milliseconds that threads may take whose script answers. One that fails says so at once: none is known that is silent. */
const timeout = 5000;

/** Milliseconds in which a page answers, in steps: a page that is busy for long takes one of them for it. */
async function waitWhileResponsive(milliseconds: number): Promise<void> {
  const step = 50;
  for (let elapsed = 0; elapsed < milliseconds; elapsed += step) await new Promise((go) => setTimeout(go, step));
}

const place = 'zoo-no-threads';

/** Under what a failure holds: another version or another script may do better. */
const key = ({ threadScript = '' }: BackendOptions): string =>
  `zoo ${version}; tfjs ${version_wasm}; ${navigator.userAgent}; ${threadScript}; `;

/** Why no threads are tried: the page shares no memory, or they have failed since the tab was opened. */
export function noThreads(options: BackendOptions): string | undefined {
  if (globalThis.crossOriginIsolated !== true) return 'threads need a cross-origin isolated page';
  try {
    const failure = sessionStorage.getItem(place);
    if (failure?.startsWith(key(options))) return `threads did not start before: ${failure.slice(key(options).length)}`;
  } catch {
    // A worker has no such memory, and a page may be refused it: threads are tried again.
  }
  return undefined;
}

export function rememberFailure(reason: string, options: BackendOptions): void {
  try {
    sessionStorage.setItem(place, key(options) + reason);
  } catch {
    // See above.
  }
}

const isLoad = (message: unknown): message is object =>
  typeof message === 'object' && message !== null && Reflect.get(message, 'cmd') === 'load';

const isRun = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && Reflect.get(message, 'cmd') === 'run';

/** An event without a message: the browser has not even tried. */
const refused = (script: string): string =>
  script.startsWith('blob:')
    ? "the page's Content-Security-Policy lets no worker start from a blob: address, so give useBackend's option threadScript"
    : `${script} is not there, is no script, or may not be run by the page's headers`;

const silent = (script: string): string =>
  script.startsWith('blob:')
    ? 'no answer within a second'
    : `no answer within a second, ${script} is not the threads.js of this version`;

/** tfjs's workers run our script; a worker of anybody else is left as it is. */
function threadWorker(
  Native: typeof Worker,
  script: string,
  addresses: ThreadAddresses,
  idle: Set<Worker>,
  failed: (reason: string, event: Event) => void,
): typeof Worker {
  class ThreadWorker extends Native {
    constructor(address: string) {
      super(script);
      URL.revokeObjectURL(address);
      idle.add(this);
      this.addEventListener('error', (event) => failed(event.message || refused(script), event));
    }
    override postMessage(message: unknown, transfer?: Transferable[] | StructuredSerializeOptions): void {
      if (isRun(message)) idle.delete(this);
      const options = Array.isArray(transfer) ? { transfer } : (transfer ?? {});
      // The script holds what tfjs would have it load.
      super.postMessage(isLoad(message) ? { ...message, urlOrBlob: '' } : message, options);
    }
  }
  return new Proxy(Native, {
    construct(target, args, newTarget) {
      const [address] = args;
      return addresses.has(String(address))
        ? new ThreadWorker(String(address))
        : Reflect.construct(target, args, newTarget);
    },
  });
}

/**
 * One worker of the threads' script has to answer before tfjs starts its own, which would be waited for.
 * Time in which the page itself is busy does not count: the answer waits as well.
 */
async function checkResponds(Native: typeof Worker, script: string): Promise<void> {
  const worker = new Native(script);
  try {
    await new Promise<void>((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => {
        if (data === pong) resolve();
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(new Error(event.message || refused(script)));
      });
      worker.postMessage(ping);
      waitWhileResponsive(responseTimeout).then(() => reject(new Error(silent(script))));
    });
  } finally {
    worker.terminate();
  }
}

/** The address of the threads' script: the page's own, or one that is made. */
async function scriptAddress({ threadScript }: BackendOptions): Promise<{ address: string; release(): void }> {
  if (threadScript !== undefined) {
    // What a slow network takes is not the script's time to answer. What is wrong with it, the worker says.
    await fetch(threadScript, { signal: AbortSignal.timeout(downloadTimeout) })
      .then((response) => response.arrayBuffer())
      .catch(() => {});
    return { address: threadScript, release() {} };
  }
  const { threadScript: text } = await import('../wasm/thread-script.ts');
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  return { address, release: () => URL.revokeObjectURL(address) };
}

/** Calls `start` while tfjs's workers are ours, and while it sees as many cores as it takes for `threads`: it uses half of them. */
async function startWithScript(
  threads: number,
  start: () => Promise<void>,
  script: string,
  Native: typeof Worker,
): Promise<void> {
  const idle = new Set<Worker>();
  const addresses = watchThreadAddresses();
  const undo = [addresses.restore];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let starting = true;
  try {
    await new Promise<void>((resolve, reject) => {
      const failed = (reason: string, event: Event): void => {
        if (!starting) return;
        // Emscripten's own handler would only print it.
        event.preventDefault();
        event.stopImmediatePropagation();
        reject(new Error(reason));
      };
      undo.push(
        replace(globalThis, 'Worker', threadWorker(Native, script, addresses, idle, failed)),
        replace(navigator, 'hardwareConcurrency', 2 * threads),
      );
      timer = setTimeout(() => reject(new Error(`no answer within ${timeout / 1000} seconds`)), timeout);
      start().then(resolve, reject);
    });
  } finally {
    starting = false;
    clearTimeout(timer);
    for (const one of undo) one();
    // The build brings up eight whatever it is asked for; those without work would hold their memory for nothing.
    for (const worker of idle) worker.terminate();
  }
}

/** Calls `start` in a page where tfjs's threads run. */
export async function startThreaded(
  threads: number,
  start: () => Promise<void>,
  options: BackendOptions = {},
): Promise<void> {
  const { Worker: Native } = globalThis;
  const { address, release } = await scriptAddress(options);
  try {
    await checkResponds(Native, address);
    await startWithScript(threads, start, address, Native);
  } finally {
    release();
  }
}
