import { percent } from '../rendering/quantities.ts';
import { chart } from '../report/chart.ts';
import { drawPanel, type Panel, type Series } from '../report/panel.ts';
import type { RunRecord } from '../run/run-record.ts';
import type { ComparedRun } from './comparison.ts';

/** Lines differ by colour and by dashes: most people can distinguish the colours of Okabe and Ito. */
const colours: readonly (readonly [light: string, dark: string])[] = [
  ['#0072b2', '#56b4e9'],
  ['#d55e00', '#f0885a'],
  ['#007f5c', '#3fcf9f'],
  ['#a8538a', '#e29ac6'],
  ['#8a6d00', '#e6b422'],
  ['#444c56', '#c5ccd6'],
];
const dashes: readonly string[] = ['none', '7 3', '2 3', '9 3 2 3'];

/** Number of distinguishable lines. */
export const maxRuns = colours.length * dashes.length;

const isDark = (rules: string): string => `@media (prefers-color-scheme: dark) { ${rules} }`;

/** Colours and dashes of the lines, and of the samples of them in tables. */
export const compareStyle = (count: number): string => {
  const places = Array.from({ length: Math.min(count, maxRuns) }, (_, index) => index);
  const variables = (dark: 0 | 1) =>
    `.zoo { ${colours.map((pair, index) => `--run-${index}: ${pair[dark]};`).join(' ')} }`;
  return [
    variables(0),
    isDark(variables(1)),
    ...places.map(
      (place) =>
        `.zoo .run-${place} { stroke: var(--run-${place % colours.length}); stroke-dasharray: ${dashes[Math.floor(place / colours.length)]}; fill: none; stroke-width: 2; stroke-linejoin: round; }\n` +
        `.zoo .run-${place}-dot { fill: var(--run-${place % colours.length}); }`,
    ),
  ].join('\n');
};

type Points = Series['points'];

const tests = (
  { epochs, evaluation, steps }: RunRecord,
  value: (one: { loss: number; top1: number }) => number,
): Points => {
  const whole = epochs.map((one): readonly [number, number] => [one.epoch, value(one.validation)]);
  const end = steps.at(-1)?.epoch ?? 0;
  return evaluation && end > (whole.at(-1)?.[0] ?? 0) ? [...whole, [end, value(evaluation)]] : whole;
};

/** From this many epochs on, their means are drawn instead of the steps, whose lines would overlap. */
const fewEpochs = 3;

const training = (
  { epochs, steps }: RunRecord,
  byEpochs: boolean,
  value: (one: { loss: number; accuracy: number }) => number,
): Points => (byEpochs ? epochs : steps).map((one) => [one.epoch, value(one)]);

const layouts = { wide: { columns: 2, width: 504 }, narrow: { columns: 1, width: 360 } } as const;
const height = 280;

/** Loss and accuracy of several runs over the epochs, a line a run, as an SVG document. Undefined if none has any. */
export function compareCurves(runs: readonly ComparedRun[], layout: keyof typeof layouts): string | undefined {
  const shown = runs.slice(0, maxRuns);
  const end = Math.max(...shown.map(({ results }) => results.epochs));
  if (!(end > 0)) return undefined;
  const series = (points: (record: RunRecord) => Points, dots: boolean): Series[] =>
    shown.map(({ record }, index) => ({ kind: `run-${index}`, points: points(record), dots }));
  const byEpochs = shown.every(({ record }) => record.epochs.length >= fewEpochs);
  const largest = (some: readonly Series[]) =>
    some.flatMap(({ points }) => points).reduce((most, [, value]) => Math.max(most, value), 0);
  const lossPanel = (title: string, some: Series[]): Panel => ({
    title,
    series: some,
    domain: [0, largest(some) || 1],
    format: (value) => value.toFixed(3),
    lines: 5,
    ends: false,
  });
  const accuracyPanel = (title: string, some: Series[]): Panel => ({
    title,
    series: some,
    domain: [0, Math.min(1, Math.max(0.2, largest(some)))],
    format: percent,
    tick: '%',
    lines: 5,
    ends: false,
  });
  const panels = [
    accuracyPanel(
      'Test accuracy',
      series((record) => tests(record, ({ top1 }) => top1), true),
    ),
    lossPanel(
      'Test loss',
      series((record) => tests(record, ({ loss }) => loss), true),
    ),
    accuracyPanel(
      'Training accuracy',
      series((record) => training(record, byEpochs, ({ accuracy }) => accuracy), byEpochs),
    ),
    lossPanel(
      'Training loss',
      series((record) => training(record, byEpochs, ({ loss }) => loss), byEpochs),
    ),
  ];
  const { columns, width } = layouts[layout];
  return chart(
    {
      width: columns * width,
      height: Math.ceil(panels.length / columns) * height,
      title: 'Accuracy and loss of the runs over the epochs',
      description: shown
        .map(({ name, results: { top1, loss } }) =>
          top1 === undefined || loss === undefined
            ? `${name}: not tested.`
            : `${name}: test accuracy ${percent(top1)}, test loss ${loss.toFixed(3)}.`,
        )
        .join(' '),
      style: compareStyle(shown.length),
    },
    ...panels.map((panel, index) =>
      drawPanel(panel, {
        left: (index % columns) * width,
        top: Math.floor(index / columns) * height,
        width,
        height,
        end,
      }),
    ),
  );
}
