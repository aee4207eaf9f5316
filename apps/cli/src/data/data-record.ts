import { datasetFiles, type TrainingAndTest } from '@zoo/loaders';
import type { RunData } from '../run/run-record.ts';
import type { DataSource } from './data-source.ts';
import type { OpenedData } from './open-data.ts';

/** A run's record of its data: how to find it again, and how to recognise it as the same. */
export function dataRecord(
  { given, name }: DataSource,
  { training, test }: TrainingAndTest,
  pictures: OpenedData['pictures'],
): RunData {
  const files = datasetFiles[given]?.map(({ name, sha256 }) => ({ name, sha256 }));
  return {
    given,
    ...(pictures ? pictures.place : files && { files }),
    name,
    classes: [...training.classes],
    training: training.length,
    test: test.length,
  };
}
