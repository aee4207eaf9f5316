import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Reply } from '../pool/batch-task.ts';
import type { StartedWorker, WorkerEvents } from '../pool/started-worker.ts';

const here = fileURLToPath(import.meta.url);

/**
 * The program beside this code. Where this code is the sources', as in tests, the built one. A path, not an address: bundlers for
 * servers follow `new URL(..., import.meta.url)`, and stop where the sources' program is not there.
 */
const program = path.join(path.dirname(here), here.endsWith('.ts') ? '../../dist' : '', 'picture-worker.js');

/** Threads that compute at the same time. */
export const coreCount = (): number => os.availableParallelism();

/** @throws Where the program is not there: a bundler has moved this code, and left it behind. */
export function startWorker({ onReply, onEnd }: WorkerEvents): StartedWorker {
  if (!existsSync(program)) throw new Error(`${program} is not there`);
  const worker = new Worker(program, { name: 'pictures', execArgv: [] });
  worker.unref();
  worker.on('message', (reply: Reply) => onReply(reply));
  worker.on('error', (error) => onEnd(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => onEnd(`exit code ${code}`));
  return {
    send: (request) => worker.postMessage(request),
    hold: (isNeeded) => (isNeeded ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  };
}
