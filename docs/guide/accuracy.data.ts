import { readRecords } from '../../records/read-records.ts';
import { machinesOf, meaningOf, publishedTable, reachedTable, trainingsOf } from '../views/accuracy.ts';
import { accuracyCurve } from '../views/accuracy-curve.ts';
import { notRunTable } from '../views/not-run.ts';
import { weightsCards } from '../views/weights-cards.ts';

interface Accuracy {
  reached: string;
  curves: string;
  machines: string;
  /** What the figures of the table are of. */
  meaning: string;
  /** Whose the curves are. */
  drawn: string;
  published: string;
  notRun: string;
  cards: string;
}

export default {
  watch: ['../../records/trainings/*.json', '../../packages/cifar10-weights/weights/*.json'],
  async load(): Promise<Accuracy> {
    const runs = await readRecords();
    const trainings = trainingsOf(runs);
    return {
      reached: reachedTable(trainings),
      curves: trainings
        .filter(([{ record }]) => record.epochs.length > 1)
        .map(([first]) => `<figure>${accuracyCurve(first)}</figure>`)
        .join('\n'),
      machines: machinesOf(runs),
      meaning: meaningOf(trainings),
      drawn: trainings.some(({ length }) => length > 1)
        ? 'Where there are several seeds, the curves are those of the lowest:'
        : '',
      published: publishedTable(),
      notRun: notRunTable(trainings),
      cards: weightsCards(),
    };
  },
};

export declare const data: Accuracy;
