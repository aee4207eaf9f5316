/** One step of long work, for whoever wants to show it. */
export interface Progress {
  /** What is being done: `download cifar-10-binary.tar.gz`. */
  task: string;
  /** How much is done, in `unit`s. */
  done: number;
  /** How much there is to do, where that is known. */
  total?: number;
  unit: 'bytes' | 'examples' | 'files' | 'layers';
}

/** Where long work reports to. Called often: it must be cheap, and must not throw. */
export type OnProgress = (progress: Progress) => void;
