import { ZooError, type ZooErrorCode } from '@zoo/core';
import { startWorker } from '#workers';
import type { BatchTask, Reply, ReportedError } from './batch-task.ts';
import type { StackedImages } from './make-images.ts';
import type { StartedWorker } from './started-worker.ts';

interface Waiting {
  resolve: (made: StackedImages) => void;
  reject: (error: unknown) => void;
}

interface Member {
  worker: StartedWorker;
  /** Its tasks, by their ids. */
  tasks: Map<number, Waiting>;
}

/** A worker has gone, and its task with it: whoever asked makes the pictures without. */
export class WorkerGone extends Error {}

/** Starting a worker takes a tenth of a second: those of one epoch serve the next, and the validation between. */
const idleMs = 5000;

/** All workers of this process or page, which every `batches` shares. */
const members: Member[] = [];
let users = 0;
let nextId = 0;
let farewell: ReturnType<typeof setTimeout> | undefined;

const codes: readonly ZooErrorCode[] = [
  ...(['usage', 'unknown-name', 'spec', 'data', 'corrupt-file', 'too-costly', 'not-found'] as const),
  ...(['network', 'disk', 'interrupted'] as const),
];

function errorOf({ code, message }: ReportedError): Error {
  const known = codes.find((one) => one === code);
  return known ? new ZooError(known, message) : new Error(message);
}

function addMember(): void {
  const tasks: Member['tasks'] = new Map();
  const take = (id: number): Waiting | undefined => {
    const waiting = tasks.get(id);
    tasks.delete(id);
    if (tasks.size === 0) member.worker.hold(false);
    return waiting;
  };
  const worker = startWorker({
    onReply(reply: Reply) {
      const waiting = take(reply.id);
      if ('made' in reply) waiting?.resolve(reply.made);
      else waiting?.reject(errorOf(reply.error));
    },
    onEnd(reason) {
      const place = members.indexOf(member);
      if (place >= 0) members.splice(place, 1);
      for (const { reject } of tasks.values()) reject(new WorkerGone(reason));
      tasks.clear();
    },
  });
  const member: Member = { worker, tasks };
  members.push(member);
}

function endAll(): void {
  for (const { worker } of members.splice(0)) worker.end();
}

/** A share in the workers. */
export interface WorkerPool {
  /**
   * The pictures of a batch, from the worker with the fewest tasks.
   *
   * @throws WorkerGone where there is none, ZooError as decoding and the transforms do.
   */
  run(task: BatchTask): Promise<StackedImages>;
  /** Ends the workers a while after the last one that used them has gone. */
  release(): void;
}

/** @throws Where no worker can be started. */
export function openPool(count: number): WorkerPool {
  while (members.length < count) addMember();
  clearTimeout(farewell);
  users++;
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        const [first, ...others] = members.slice(0, count);
        if (!first) return reject(new WorkerGone('all workers have gone'));
        const member = others.reduce((least, one) => (one.tasks.size < least.tasks.size ? one : least), first);
        const id = nextId++;
        member.tasks.set(id, { resolve, reject });
        member.worker.hold(true);
        member.worker.send({ id, task });
      }),
    release() {
      if (--users > 0) return;
      for (const { worker } of members) worker.hold(false);
      farewell = setTimeout(endAll, idleMs);
      if (typeof farewell === 'object') farewell.unref();
    },
  };
}
