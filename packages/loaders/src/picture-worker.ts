// The whole program of a worker that decodes and transforms pictures.
import { serve } from '#worker-side';
import { replyTo } from './pool/run-task.ts';

let last: Promise<unknown> = Promise.resolve();

// One task after the other: the batch that is needed first is done first.
serve((request) => {
  const reply = last.then(() => replyTo(request));
  last = reply;
  return reply;
});
