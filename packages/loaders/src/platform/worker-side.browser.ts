import type { Reply, Request } from '../pool/batch-task.ts';

/** Answers each request of the page that started this worker. */
export function serve(reply: (request: Request) => Promise<Reply>): void {
  globalThis.addEventListener('message', async ({ data }: MessageEvent<Request>) => {
    const answer = await reply(data);
    globalThis.postMessage(answer, { transfer: 'made' in answer ? [answer.made.images.buffer] : [] });
  });
}
