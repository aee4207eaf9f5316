import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { label } from './chart.ts';
import { element } from './markup.ts';

/** A line over the epochs. */
export interface Series {
  /** Also the class of its elements. A run is one of several. */
  kind: 'training' | 'test' | 'averaged' | 'rate' | `run-${number}`;
  /** Name at its end, where it has to be told from another. */
  name?: string;
  /** Epochs from the start, and a value. */
  points: readonly (readonly [epochs: number, value: number])[];
  /** Whether every point is a measurement that stands for itself. */
  dots: boolean;
}

/** Lines over the epochs: up to three with their last values written at their ends, or any number without. */
export interface Panel {
  title: string;
  series: readonly Series[];
  /** Of the values. */
  domain: readonly [number, number];
  /** Of a value at the end of a line. */
  format: (value: number) => string;
  /** Format of the axis, as d3 writes formats. */
  tick?: string;
  /** About how many lines of the grid. */
  lines: number;
  /** Whether the last value of a line is written at its end. Default true. */
  ends?: boolean;
  /** An epoch to point out. */
  mark?: { at: number; text: string };
}

/** Where a panel lies in its drawing. `end` is where the axis ends, in epochs. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
  end: number;
}

export const panelStyle = `
.zoo .training, .zoo .rate { stroke: var(--training); fill: none; stroke-width: 1.25; stroke-linejoin: round; }
.zoo .test { stroke: var(--test); fill: none; stroke-width: 2; stroke-linejoin: round; }
.zoo .averaged { stroke: var(--averaged); fill: none; stroke-width: 2; stroke-dasharray: 5 3; stroke-linejoin: round; }
.zoo .averaged-dot { fill: var(--averaged); }
.zoo .averaged-label { fill: var(--averaged); font-weight: 600; }
.zoo .mark { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 3; }
.zoo .mark-label { fill: var(--ink); }
.zoo .training-dot, .zoo .rate-dot { fill: var(--training); }
.zoo .test-dot { fill: var(--test); }
.zoo .training-label, .zoo .rate-label { fill: var(--soft); }
.zoo .test-label { fill: var(--test); font-weight: 600; }`;

/** Room for the name of the axis. */
const marginWithoutEnds = 62;
const margin = { top: 40, right: 104, bottom: 42, left: 60 };

/** Labels at the ends of lines keep this much apart. */
const labelGap = 32;

/** Rounds in which labels push each other away. */
const pushes = 20;

/** More dots than this would be a line of their own. */
const maxDots = 40;

/** Heights for labels that want to stand at `wanted`: moved apart where they would touch, and back where they would leave. */
function separateLabels(wanted: readonly number[], low: number, high: number): number[] {
  const order = wanted
    .map((height, index) => ({ height, index }))
    .sort((a, b) => a.height - b.height || b.index - a.index);
  // Neighbours push each other away by halves, and in the end the upper one has its way.
  for (let round = 0; round <= pushes; round++)
    for (const [place, lower] of order.slice(1).entries()) {
      const upper = order[place];
      if (!upper) continue;
      const overlap = Math.max(0, labelGap - (lower.height - upper.height));
      const share = round === pushes ? 0 : 0.5;
      upper.height -= share * overlap;
      lower.height += (1 - share) * overlap;
    }
  const heights = order.map(({ height }) => height);
  const back = Math.max(0, low - Math.min(...heights)) - Math.max(0, Math.max(...heights) - high);
  return order.toSorted((a, b) => a.index - b.index).map(({ height }) => height + back);
}

/** Draws a panel: grid, axis in epochs from 0, lines, and at their ends what they are. */
export function drawPanel(
  { title, series, domain, format, tick, lines, ends = true, mark }: Panel,
  { left, top, width, height, end }: Place,
): string {
  const right = ends ? margin.right : marginWithoutEnds;
  const plot = { left: margin.left, right: width - right, top: margin.top, bottom: height - margin.bottom };
  const x = scaleLinear([0, end], [plot.left, plot.right]);
  const y = scaleLinear(domain, [plot.bottom, plot.top]).nice(lines);
  const path = line<readonly [number, number]>(
    ([epochs]) => x(epochs),
    ([, value]) => y(value),
  ).digits(1);
  const tickText = y.tickFormat(lines, tick);
  const grid = y
    .ticks(lines)
    .flatMap((value) => [
      element('line', { class: 'grid', x1: plot.left, x2: plot.right, y1: y(value), y2: y(value) }),
      label(tickText(value).replace('%', ' %'), { x: plot.left - 8, y: y(value) + 4, 'text-anchor': 'end' }),
    ]);
  // Whole epochs where there are some.
  const wanted = end < 3 ? 5 : Math.min(6, Math.floor(end));
  const epochText = x.tickFormat(wanted);
  const epochs = x
    .ticks(wanted)
    .flatMap((value) => [
      element('line', { class: 'axis', x1: x(value), x2: x(value), y1: plot.bottom, y2: plot.bottom + 4 }),
      label(epochText(value), { x: x(value), y: plot.bottom + 18, 'text-anchor': 'middle' }),
    ]);
  const marked = mark
    ? [
        element('line', { class: 'mark', x1: x(mark.at), x2: x(mark.at), y1: plot.top - 2, y2: plot.bottom }),
        label(mark.text, {
          class: 'mark-label',
          x: Math.min(Math.max(x(mark.at), plot.left), plot.right),
          y: plot.top - 6,
          'text-anchor': mark.at > (2 / 3) * end ? 'end' : mark.at < end / 3 ? 'start' : 'middle',
        }),
      ]
    : [];
  const heights = separateLabels(
    series.map(({ points }) => y(points.at(-1)?.[1] ?? 0)),
    plot.top - 4,
    plot.bottom - 12,
  );
  const drawn = series.flatMap(({ kind, name, points, dots }, index) => {
    const last = points.at(-1);
    if (!last) return [];
    const middle = heights[index] ?? 0;
    const shown = dots && points.length <= maxDots ? points : [last];
    return [
      ...(points.length > 1 ? [element('path', { class: kind, d: path(points) ?? '' })] : []),
      ...shown.map((point) =>
        element('circle', { class: `${kind}-dot`, cx: x(point[0]), cy: y(point[1]), r: dots ? 3.5 : 2.5 }),
      ),
      ...(ends && name ? [label(name, { class: `${kind}-label`, x: x(last[0]) + 12, y: middle - 3 })] : []),
      ...(ends
        ? [label(format(last[1]), { class: `${kind}-label`, x: x(last[0]) + 12, y: name ? middle + 12 : middle + 4 })]
        : []),
    ];
  });
  return element(
    'g',
    { transform: `translate(${left} ${top})` },
    label(title, { class: 'title', x: plot.left, y: 22 }),
    ...grid,
    ...epochs,
    label('epochs', { x: plot.right + 18, y: plot.bottom + 18 }),
    ...marked,
    ...drawn,
  );
}
