import type { Evaluation } from '@zoo/trainers';
import { percent, thousands } from '../rendering/quantities.ts';
import type { RunRecord, Stretch } from '../run/run-record.ts';
import { joined } from '../training/stretches.ts';
import { chart } from './chart.ts';
import { drawPanel, type Panel, panelStyle, type Series } from './panel.ts';

/** Where panels stand, and how wide each is. */
const layouts = { wide: { columns: 2, width: 504 }, narrow: { columns: 1, width: 360 } } as const;

type Layout = keyof typeof layouts;

const heights = { large: 300, small: 150 };

type Measures = Pick<Evaluation, 'loss' | 'top1'>;

type Test = Measures & { epoch: number };

/** Every test there was: after whole epochs, and of the final weights where training ended between two. */
function withFinal(whole: readonly Test[], end: number, final: Measures): readonly Test[] {
  return whole.at(-1)?.epoch === end ? whole : [...whole, { epoch: end, loss: final.loss, top1: final.top1 }];
}

const tests = (epochs: RunRecord['epochs'], end: number, final: Measures): readonly Test[] =>
  withFinal(
    epochs.map(({ epoch, validation: { loss, top1 } }) => ({ epoch, loss, top1 })),
    end,
    final,
  );

/** The same of the averaged weights. */
const averageTests = (epochs: RunRecord['epochs'], end: number, final: Measures): readonly Test[] =>
  withFinal(
    epochs.flatMap(({ epoch, averaged }) => (averaged ? [{ epoch, loss: averaged.loss, top1: averaged.top1 }] : [])),
    end,
    final,
  );

/** A last stretch that was cut short says little alone, and is drawn as one with its neighbour. */
function drawable(steps: readonly Stretch[]): Stretch[] {
  const [before, last] = steps.slice(-2);
  return before && last && last.examples < before.examples / 2
    ? [...steps.slice(0, -2), joined(before, last)]
    : [...steps];
}

const training = (steps: readonly Stretch[], value: (one: Stretch) => number): Series => ({
  kind: 'training',
  name: 'training',
  points: steps.map((one) => [one.epoch, value(one)]),
  dots: false,
});

const rate = (steps: readonly Stretch[], value: (one: Stretch) => number): Series => ({
  kind: 'rate',
  points: steps.map((one) => [one.epoch, value(one)]),
  dots: false,
});

const maximum = (series: readonly Series[]): number =>
  Math.max(...series.flatMap(({ points }) => points.map(([, value]) => value)));

/** To a thousandth of the largest: what a cosine ends with is nothing beside that. */
const shortRate = (value: number, most: number): string =>
  value < most / 1000 ? '0' : String(Number(value.toPrecision(2)));

/**
 * Loss and accuracy over the epochs, training beside test, with learning rate and speed, as an SVG document. Nothing for
 * a run whose steps make no line: fewer than two points.
 *
 * @param record `best` is the epoch to mark, where the run keeps it.
 * @param final The test of the final weights.
 * @param layout Panels in two columns, or in one for a narrow screen.
 */
export function curves(
  record: Pick<RunRecord, 'epochs' | 'steps' | 'averaged'> & { best?: number },
  final: Measures,
  layout: Layout = 'wide',
): string | undefined {
  const { epochs, averaged: finalAverage, best } = record;
  const steps = drawable(record.steps);
  const last = steps.at(-1);
  if (!last || steps.length < 2) return undefined;
  const end = last.epoch;
  const tested = tests(epochs, end, final);
  const test = (value: (one: Measures) => number): Series => ({
    kind: 'test',
    name: 'test',
    points: tested.map((one) => [one.epoch, value(one)]),
    dots: true,
  });
  const averages = finalAverage ? averageTests(epochs, end, finalAverage) : [];
  const averaged = (value: (one: Measures) => number): Series[] =>
    averages.length === 0
      ? []
      : [
          {
            kind: 'averaged',
            name: 'averaged',
            points: averages.map((one) => [one.epoch, value(one)]),
            dots: true,
          },
        ];
  const loss = [training(steps, (one) => one.loss), test((one) => one.loss), ...averaged((one) => one.loss)];
  const accuracy = [training(steps, (one) => one.accuracy), test((one) => one.top1), ...averaged((one) => one.top1)];
  const mark = best === undefined ? {} : { mark: { at: best, text: `best: epoch ${best}` } };
  const learningRate = [rate(steps, (one) => one.learningRate)];
  const speed = [rate(steps, (one) => (one.seconds === 0 ? 0 : one.examples / one.seconds))];
  const large: Panel[] = [
    {
      title: 'Loss',
      series: loss,
      domain: [0, maximum(loss) || 1],
      format: (value) => value.toFixed(3),
      lines: 5,
      ...mark,
    },
    {
      title: 'Accuracy',
      series: accuracy,
      domain: [0, Math.min(1, Math.max(0.2, maximum(accuracy)))],
      format: percent,
      tick: '%',
      lines: 5,
      ...mark,
    },
  ];
  const small: Panel[] = [
    {
      title: 'Learning rate',
      series: learningRate,
      domain: [0, maximum(learningRate) || 1],
      format: (value) => shortRate(value, maximum(learningRate)),
      tick: '~g',
      lines: 2,
    },
    {
      title: 'Training pictures a second',
      series: speed,
      domain: [0, maximum(speed) || 1],
      format: thousands,
      lines: 2,
    },
  ];
  const { width, columns } = layouts[layout];
  const sum = (some: readonly number[]): number => some.reduce((all, one) => all + one, 0);
  const rows = [
    ...large.map((panel) => ({ panel, height: heights.large })),
    ...small.map((panel) => ({ panel, height: heights.small })),
  ];
  const rowHeights = rows.filter((_, index) => index % columns === 0).map(({ height }) => height);
  return chart(
    {
      width: columns * width,
      height: sum(rowHeights),
      title: 'Loss and accuracy over the epochs',
      description: `After ${Number(end.toFixed(2))} epochs: test loss ${final.loss.toFixed(3)}, test accuracy ${percent(final.top1)}, training loss ${last.loss.toFixed(3)}, training accuracy ${percent(last.accuracy)}.`,
      style: panelStyle,
    },
    ...rows.map(({ panel, height }, index) =>
      drawPanel(panel, {
        left: (index % columns) * width,
        top: sum(rowHeights.slice(0, Math.floor(index / columns))),
        width,
        height,
        end,
      }),
    ),
  );
}
