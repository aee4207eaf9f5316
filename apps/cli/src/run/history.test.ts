import { expect, it } from 'vitest';
import { historyCsv } from './history.ts';
import type { EpochRecord, Stretch } from './run-record.ts';

const measures = { loss: 1.5, top1: 0.4, top5: 0.9, examples: 10 };
const epoch: EpochRecord = {
  epoch: 1,
  loss: 2,
  accuracy: 0.25,
  learningRate: 0.001 * 0.1,
  seconds: 4,
  imagesPerSecond: 25,
  validation: measures,
};
const stretch = (at: number, loss: number): Stretch => ({
  epoch: at,
  loss,
  accuracy: 0.5,
  learningRate: 0.01,
  examples: 20,
  seconds: 2,
});
const rows = (text: string) => text.trimEnd().split('\r\n');

it('has a row an epoch under titles, with rates as people write them', () => {
  expect(rows(historyCsv({ epochs: [epoch], steps: [stretch(1, 2)] }))).toEqual([
    'epoch,train_loss,train_accuracy,test_loss,test_top1,test_top5,learning_rate,seconds,images_per_second',
    '1,2,0.25,1.5,0.4,0.9,0.0001,4,25',
  ]);
  expect(rows(historyCsv({ epochs: [], steps: [] }))).toHaveLength(1);
});

it('has columns of the average where a run keeps one', () => {
  const [titles, row] = rows(
    historyCsv({ epochs: [{ ...epoch, averaged: { ...measures, loss: 1.25 } }], steps: [stretch(1, 2)] }),
  );
  expect(titles).toContain(',test_top5,averaged_loss,averaged_top1,averaged_top5,learning_rate,');
  expect(row).toBe('1,2,0.25,1.5,0.4,0.9,1.25,0.4,0.9,0.0001,4,25');
});

it('ends with a part of an epoch once its weights are tested', () => {
  const record = { epochs: [epoch], steps: [stretch(1, 2), stretch(1.25, 1), stretch(1.5, 3)] };
  expect(rows(historyCsv(record))).toHaveLength(2);
  expect(rows(historyCsv({ ...record, evaluation: { ...measures, confusion: [] } })).at(-1)).toBe(
    '1.5,2,0.5,1.5,0.4,0.9,0.01,4,10',
  );
});
