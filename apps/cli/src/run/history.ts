import { writeFileAtomically } from '@zoo/core/files';
import { csvRow } from '../rendering/csv-row.ts';
import { epochsDone } from './epochs-done.ts';
import type { EpochRecord, RunRecord } from './run-record.ts';
import { unfinishedEpoch } from './unfinished-epoch.ts';

type Row = Partial<Pick<EpochRecord, 'loss' | 'accuracy' | 'learningRate' | 'seconds' | 'imagesPerSecond'>> &
  Partial<Pick<EpochRecord, 'validation' | 'averaged'>> & { epoch: number };

const columns: readonly (readonly [title: string, value: (row: Row) => number | undefined])[] = [
  ['epoch', ({ epoch }) => epoch],
  ['train_loss', ({ loss }) => loss],
  ['train_accuracy', ({ accuracy }) => accuracy],
  ['test_loss', ({ validation }) => validation?.loss],
  ['test_top1', ({ validation }) => validation?.top1],
  ['test_top5', ({ validation }) => validation?.top5],
  ['averaged_loss', ({ averaged }) => averaged?.loss],
  ['averaged_top1', ({ averaged }) => averaged?.top1],
  ['averaged_top5', ({ averaged }) => averaged?.top5],
  // A rate of 0.001 · 0.1 is 0.0001, and not 0.00010000000000000002.
  ['learning_rate', ({ learningRate }) => learningRate && Number(learningRate.toPrecision(12))],
  ['seconds', ({ seconds }) => seconds],
  ['images_per_second', ({ imagesPerSecond }) => imagesPerSecond],
];

/** What the table is made of. */
type Recorded = Pick<RunRecord, 'epochs' | 'steps' | 'evaluation' | 'averaged'>;

/** The last row of a training that ended within an epoch, once its weights are tested. */
function lastPart(record: Recorded): Row[] {
  const part = record.evaluation && unfinishedEpoch(record);
  if (!part) return [];
  const { evaluation, averaged } = record;
  return [
    {
      epoch: epochsDone(record),
      ...part,
      ...(evaluation && { validation: evaluation }),
      ...(averaged && { averaged }),
    },
  ];
}

/**
 * The history of a run as a table, a row an epoch; where training ended within one, the last row has a fraction. Averages have cells
 * where the run keeps one.
 */
export function historyCsv(record: Recorded): string {
  const averages = record.averaged !== undefined || record.epochs.some(({ averaged }) => averaged !== undefined);
  const shown = columns.filter(([title]) => averages || !title.startsWith('averaged'));
  const rows: Row[] = [...record.epochs, ...lastPart(record)];
  return [shown.map(([title]) => title), ...rows.map((row) => shown.map(([, value]) => value(row) ?? ''))]
    .map(csvRow)
    .join('');
}

export const writeHistory = (file: string, record: RunRecord): Promise<void> =>
  writeFileAtomically(file, historyCsv(record));
