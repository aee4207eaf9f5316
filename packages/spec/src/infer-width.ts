import { codedLayer, widthStep } from './configure.ts';
import { inferShapes } from './infer-shapes.ts';
import type { ModelSpec } from './model-spec.ts';

/** A range of factors, the upper end not included. */
interface Range {
  from: number;
  below: number;
}

/** The factors that make `count` the multiple `found` of `step`: those that `configure` rounds to it. */
function factorsFor(count: number, found: number, step: number): Range | undefined {
  const multiple = found / step;
  if (!Number.isInteger(multiple) || multiple < 1) return undefined;
  // The smallest is also what every smaller factor gives.
  return { from: multiple === 1 ? 0 : ((multiple - 0.5) * step) / count, below: ((multiple + 0.5) * step) / count };
}

/** 1 where it is in the range, else the number there with the fewest decimals, and of those one near the middle. */
function simplestFactor({ from, below }: Range): number | undefined {
  if (from <= 1 && 1 < below) return 1;
  for (let decimals = 1; decimals <= 12; decimals++) {
    const scale = 10 ** decimals;
    const near = [Math.round(((from + below) / 2) * scale), Math.ceil(from * scale)].map((number) => number / scale);
    const number = near.find((one) => one > 0 && one >= from && one < below);
    if (number !== undefined) return number;
  }
  return undefined;
}

/**
 * The factor `width` of `configure` that gives a preset these widths: of several that do, 1 or the one with the fewest decimals.
 *
 * @param outputs Filters or units by the path of their layer; of the preset's layers that `width` changes, all that are known.
 * @returns Undefined where no factor gives all of them.
 */
export function inferWidth(spec: ModelSpec, outputs: ReadonlyMap<string, number>): number | undefined {
  const { layers } = inferShapes(spec);
  const plain = layers.map(({ layer }) => layer);
  const coded = codedLayer(plain);
  const fixed = plain.some((layer) => layer.kind === 'conv' && layer.connections);
  let range: Range = { from: 0, below: 16 };
  for (const { path, layer } of layers) {
    const found = outputs.get(path);
    if (found === undefined) continue;
    const isConv = layer.kind === 'conv';
    const count = isConv ? layer.filters : layer.kind === 'dense' ? layer.units : 'classes';
    if (count === 'classes') continue;
    if (fixed || layer === coded) {
      if (found !== count) return undefined;
      continue;
    }
    const factors = factorsFor(count, found, isConv ? widthStep(plain) : 1);
    if (!factors) return undefined;
    range = { from: Math.max(range.from, factors.from), below: Math.min(range.below, factors.below) };
  }
  if (fixed) return 1;
  return range.from < range.below ? simplestFactor(range) : undefined;
}
