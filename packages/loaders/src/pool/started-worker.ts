import type { Reply, Request } from './batch-task.ts';

/** What a worker says to the thread that started it. */
export interface WorkerEvents {
  onReply: (reply: Reply) => void;
  /** It could not start, broke down or was ended: no further reply comes. */
  onEnd: (reason: string) => void;
}

/** A worker, in Node and in a page. */
export interface StartedWorker {
  send(request: Request): void;
  /** Whether it keeps the process alive. */
  hold(isNeeded: boolean): void;
  end(): void;
}
