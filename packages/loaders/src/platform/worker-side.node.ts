import { parentPort } from 'node:worker_threads';
import type { Reply, Request } from '../pool/batch-task.ts';

/** Answers each request of the thread that started this worker. */
export function serve(reply: (request: Request) => Promise<Reply>): void {
  parentPort?.on('message', async (request: Request) => {
    const answer = await reply(request);
    parentPort?.postMessage(answer, 'made' in answer ? [answer.made.images.buffer] : []);
  });
}
