import type { Reply } from '../pool/batch-task.ts';
import type { StartedWorker, WorkerEvents } from '../pool/started-worker.ts';

/** Threads that compute at the same time. */
export const coreCount = (): number => navigator.hardwareConcurrency;

/** @throws Where the page has no workers, or this script, which is no module, does not know where it lies. */
export function startWorker({ onReply, onEnd }: WorkerEvents): StartedWorker {
  // Bundlers know this form, and bring the file along, which imports nothing.
  const program = new URL('./picture-worker.js', import.meta.url);
  const worker = new Worker(program.href, { name: 'pictures' });
  worker.onmessage = ({ data }: MessageEvent<Reply>) => onReply(data);
  worker.onerror = (event) => {
    event.preventDefault();
    onEnd(event.message || `the page does not let ${program.href} start`);
  };
  return { send: (request) => worker.postMessage(request), hold: () => {}, end: () => worker.terminate() };
}
