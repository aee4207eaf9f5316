import type { Picture } from '../image.ts';
import type { TransformStep } from '../transform-step.ts';
import type { ExampleSource } from './example-source.ts';
import type { StackedImages } from './make-images.ts';

/** The pictures of one batch, as a worker is asked for them. */
export interface BatchTask {
  /** The data set's name, for messages. */
  name: string;
  seed: number;
  epoch: number;
  indices: Uint32Array;
  steps: readonly TransformStep[];
  /** For each picture its file, or the picture itself where it is in memory. */
  pictures: readonly (ExampleSource | Picture)[];
}

/** A task on its way to a worker. */
export interface Request {
  id: number;
  task: BatchTask;
}

/** An error, which is no longer one of its class behind a message. */
export interface ReportedError {
  /** Of a `ZooError`. */
  code?: string;
  message: string;
}

export type Reply = { id: number; made: StackedImages } | { id: number; error: ReportedError };
