/** The progress of a long operation. */
export interface Progress {
  /** What is being done: `download cifar-10-binary.tar.gz`. */
  task: string;
  /** The part that is done, in `unit`s. */
  done: number;
  /** The total, if it is known. */
  total?: number;
  unit: 'bytes' | 'examples' | 'files' | 'layers';
}

/** Called by long operations to report progress. Called often: it must be cheap, and must not throw. */
export type OnProgress = (progress: Progress) => void;
