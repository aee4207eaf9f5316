import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { percent } from '../rendering/quantities.ts';
import type { EpochRecord } from '../run/run-record.ts';
import { chart, label } from './chart.ts';
import { element } from './markup.ts';

const panel = { width: 504, height: 310 };
const margin = { top: 44, right: 112, bottom: 46, left: 46 };
const plot = {
  left: margin.left,
  right: panel.width - margin.right,
  top: margin.top,
  bottom: panel.height - margin.bottom,
};

interface Series {
  name: 'training' | 'test';
  values: readonly number[];
}

interface Panel {
  title: string;
  series: readonly [Series, Series];
  domain: readonly [number, number];
  format: (value: number) => string;
  /** Format of the axis, as d3 writes formats. */
  tick: string | undefined;
}

const style = `
.zoo .training { stroke: var(--training); fill: none; stroke-width: 2; stroke-dasharray: 5 4; }
.zoo .test { stroke: var(--test); fill: none; stroke-width: 2.5; }
.zoo .training-dot { fill: var(--training); }
.zoo .test-dot { fill: var(--test); }
.zoo .training-label { fill: var(--soft); }
.zoo .test-label { fill: var(--test); font-weight: 600; }`;

/** Labels at the ends of two lines keep this much apart. */
const labelGap = 32;

/** Heights for labels that want to stand at `wanted`, moved apart where they would touch. */
function apart([first, second]: readonly [number, number]): [number, number] {
  const overlap = labelGap - Math.abs(first - second);
  if (overlap <= 0) return [first, second];
  const sign = first < second ? -1 : 1;
  return [first + (sign * overlap) / 2, second - (sign * overlap) / 2];
}

const within = (value: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, value));

function drawPanel({ title, series, domain, format, tick }: Panel, epochs: readonly number[], left: number): string {
  const first = epochs[0] ?? 1;
  const last = epochs.at(-1) ?? first;
  const x = scaleLinear(
    [first === last ? first - 1 : first, first === last ? last + 1 : last],
    [plot.left + 10, plot.right],
  );
  const y = scaleLinear(domain, [plot.bottom, plot.top]).nice(5);
  const path = line<number>(
    (_, index) => x(epochs[index] ?? 0),
    (value) => y(value),
  );
  const ticks =
    first === last ? [last] : x.ticks(Math.min(8, last - first + 1)).filter((value) => epochs.includes(value));
  const ends = series.map(({ values }) => y(values.at(-1) ?? 0));
  const labelHeights = apart([ends[0] ?? 0, ends[1] ?? 0]);
  const tickText = y.tickFormat(5, tick);
  const grid = y
    .ticks(5)
    .flatMap((value) => [
      element('line', { class: 'grid', x1: plot.left, x2: plot.right, y1: y(value), y2: y(value) }),
      label(tickText(value).replace('%', ' %'), { x: plot.left - 8, y: y(value) + 4, 'text-anchor': 'end' }),
    ]);
  const lines = series.flatMap(({ name, values }, place) => {
    const height = within(labelHeights[place] ?? 0, [plot.top + 6, plot.bottom - 8]);
    const end = values.at(-1) ?? 0;
    return [
      ...(values.length > 1 ? [element('path', { class: name, d: path([...values]) ?? '' })] : []),
      element('circle', { class: `${name}-dot`, cx: x(last), cy: y(end), r: 4 }),
      label(name, { class: `${name}-label`, x: x(last) + 12, y: height - 3 }),
      label(format(end), { class: `${name}-label`, x: x(last) + 12, y: height + 12 }),
    ];
  });
  return element(
    'g',
    { transform: `translate(${left} 0)` },
    label(title, { class: 'title', x: plot.left, y: 22 }),
    ...grid,
    ...ticks.map((value) => label(String(value), { x: x(value), y: plot.bottom + 20, 'text-anchor': 'middle' })),
    label('epoch', { x: (plot.left + plot.right) / 2, y: plot.bottom + 38, 'text-anchor': 'middle' }),
    ...lines,
  );
}

const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];

/** Loss and accuracy over the epochs, training beside test, as an SVG document. Nothing for a run without a whole epoch. */
export function curves(epochs: readonly EpochRecord[]): string | undefined {
  const last = epochs.at(-1);
  if (!last) return undefined;
  const loss: [Series, Series] = [
    { name: 'training', values: epochs.map((epoch) => epoch.loss) },
    { name: 'test', values: epochs.map(({ validation }) => validation.loss) },
  ];
  const accuracy: [Series, Series] = [
    { name: 'training', values: epochs.map((epoch) => epoch.accuracy) },
    { name: 'test', values: epochs.map(({ validation }) => validation.top1) },
  ];
  const losses = loss.flatMap(({ values }) => values);
  const numbers = epochs.map(({ epoch }) => epoch);
  const panels: Panel[] = [
    {
      title: 'Loss',
      series: loss,
      domain: [Math.min(0, ...losses), range(losses)[1] || 1],
      format: (value) => value.toFixed(3),
      tick: undefined,
    },
    {
      title: 'Accuracy',
      series: accuracy,
      domain: [0, Math.min(1, Math.max(0.2, range(accuracy.flatMap(({ values }) => values))[1]))],
      format: percent,
      tick: '%',
    },
  ];
  return chart(
    {
      width: 2 * panel.width,
      height: panel.height,
      title: 'Loss and accuracy over the epochs',
      description: `After epoch ${last.epoch}: test loss ${last.validation.loss.toFixed(3)}, test accuracy ${percent(last.validation.top1)}, training loss ${last.loss.toFixed(3)}, training accuracy ${percent(last.accuracy)}.`,
      style,
    },
    ...panels.map((one, place) => drawPanel(one, numbers, place * panel.width)),
  );
}
