import type { RunRecord, Stretch } from './run-record.ts';

/** Training in an epoch that it has not brought to its end. */
export type UnfinishedEpoch = Pick<Stretch, 'loss' | 'accuracy' | 'learningRate' | 'seconds'> & {
  imagesPerSecond: number;
};

/** How training went in an epoch that it did not bring to its end; nothing where it ended with one. */
export function unfinishedEpoch({ epochs, steps }: Pick<RunRecord, 'epochs' | 'steps'>): UnfinishedEpoch | undefined {
  const own = steps.filter(({ epoch }) => epoch > epochs.length);
  const examples = own.reduce((sum, one) => sum + one.examples, 0);
  if (examples === 0) return undefined;
  const mean = (value: (one: Stretch) => number) =>
    own.reduce((sum, one) => sum + one.examples * value(one), 0) / examples;
  const seconds = own.reduce((sum, one) => sum + one.seconds, 0);
  return {
    loss: mean(({ loss }) => loss),
    accuracy: mean(({ accuracy }) => accuracy),
    learningRate: own[0]?.learningRate ?? 0,
    seconds,
    imagesPerSecond: seconds === 0 ? 0 : examples / seconds,
  };
}
