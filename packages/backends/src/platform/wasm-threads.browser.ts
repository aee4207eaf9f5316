import { version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { version } from '../../package.json';
import type { BackendOptions } from '../candidate.ts';

export const defaultThreads = (): number => Math.min(4, navigator.hardwareConcurrency);

/** Milliseconds that threads may take. A thread that fails says so at once. */
const timeout = 5000;

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

/** tfjs's workers run our script; a worker of anybody else is left as it is. */
const threadWorker = (
  Native: typeof Worker,
  script: string,
  idle: Set<Worker>,
  failed: (reason: string, event: Event) => void,
): typeof Worker =>
  class ThreadWorker extends Native {
    constructor(address: string | URL, options?: WorkerOptions) {
      // tfjs gives no options, and an address of a Blob.
      const isThread = options === undefined && String(address).startsWith('blob:');
      super(isThread ? script : address, options);
      if (!isThread) return;
      URL.revokeObjectURL(String(address));
      idle.add(this);
      this.addEventListener('error', (event) => failed(event.message || refused(script), event));
    }
    override postMessage(message: unknown, transfer?: Transferable[] | StructuredSerializeOptions): void {
      if (isRun(message)) idle.delete(this);
      const options = Array.isArray(transfer) ? { transfer } : (transfer ?? {});
      // The script holds what tfjs would have it load.
      super.postMessage(isLoad(message) ? { ...message, urlOrBlob: '' } : message, options);
    }
  };

/** The address of the threads' script: the page's own, or one that is made. */
async function scriptAddress({ threadScript }: BackendOptions): Promise<{ address: string; release(): void }> {
  if (threadScript !== undefined) return { address: threadScript, release() {} };
  const { threadScript: text } = await import('../wasm/thread-script.ts');
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  return { address, release: () => URL.revokeObjectURL(address) };
}

/** Calls `start` while tfjs's workers are ours, and while it sees as many cores as it takes for `threads`: it uses half of them. */
export async function startThreaded(
  threads: number,
  start: () => Promise<void>,
  options: BackendOptions = {},
): Promise<void> {
  const { Worker: Native } = globalThis;
  const { address, release } = await scriptAddress(options);
  const idle = new Set<Worker>();
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
      globalThis.Worker = threadWorker(Native, address, idle, failed);
      Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * threads, configurable: true });
      timer = setTimeout(() => reject(new Error(`no answer within ${timeout / 1000} seconds`)), timeout);
      start().then(resolve, reject);
    });
  } finally {
    starting = false;
    clearTimeout(timer);
    // The build brings up eight whatever it is asked for; those without work would hold their memory for nothing.
    for (const worker of idle) worker.terminate();
    globalThis.Worker = Native;
    // The browser's own appears again.
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
    release();
  }
}
