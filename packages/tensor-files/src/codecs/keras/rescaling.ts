import type { StatedPictures } from '../../stated-network.ts';
import { type KerasLayer, passes } from './read-config.ts';

/** One number, or one a channel. */
function numbersOf(value: unknown, otherwise?: number): number[] | undefined {
  const list = Array.isArray(value) ? value : [value ?? otherwise];
  const numbers = list.filter((one) => typeof one === 'number');
  return numbers.length > 0 && numbers.length === list.length ? numbers : undefined;
}

/** `pixel * scale + offset`. */
interface Rescaling {
  scale: readonly number[];
  offset: readonly number[];
}

/** Mean and variance of the channels, of the layer's configuration or of what it adapted to. */
export interface Statistics {
  mean: readonly number[];
  variance: readonly number[];
}

/** The same with the names of the tensors that hold it. */
export interface AdaptedStatistics extends Statistics {
  tensors: readonly string[];
}

/** The smallest deviation that Keras divides by: its epsilon. */
const smallest = 1e-7;

/** `(pixel - mean) / sqrt(variance)`, as `pixel * scale + offset`. */
function normalisationOf(
  layer: KerasLayer,
  adapted: ReadonlyMap<KerasLayer, AdaptedStatistics>,
): Rescaling | undefined {
  const { axis = -1, invert, mean: stated, variance } = layer.config;
  if (invert || !['-1', '3'].includes(String(axis))) return undefined;
  const own = adapted.get(layer);
  const [mean, of] = [own?.mean ?? numbersOf(stated), own?.variance ?? numbersOf(variance)];
  if (!mean || !of || of.some((one) => !(one >= 0))) return undefined;
  const scale = of.map((one) => 1 / Math.max(Math.sqrt(one), smallest));
  const offset = paired(mean, scale, (a, b) => -a * b);
  return offset && { scale, offset };
}

function rescalingOf(layer: KerasLayer, adapted: ReadonlyMap<KerasLayer, AdaptedStatistics>): Rescaling | undefined {
  const { className, config } = layer;
  if (className === 'Normalization') return normalisationOf(layer, adapted);
  if (className !== 'Rescaling') return undefined;
  const [scale, offset] = [numbersOf(config.scale), numbersOf(config.offset, 0)];
  return scale && offset && !scale.includes(0) ? { scale, offset } : undefined;
}

/** Of two lists, one number may stand for as many as the other has. */
function paired(
  a: readonly number[],
  b: readonly number[],
  of: (a: number, b: number) => number,
): number[] | undefined {
  const length = Math.max(a.length, b.length);
  if (![a, b].every((list) => list.length === 1 || list.length === length)) return undefined;
  return Array.from({ length }, (_, at) => of(a[a.length === 1 ? 0 : at] ?? 0, b[b.length === 1 ? 0 : at] ?? 0));
}

/** One rescaling and another behind it, as one. Undefined where they are of different counts of channels. */
function composed(first: Rescaling, next: Rescaling): Rescaling | undefined {
  const scale = paired(first.scale, next.scale, (a, b) => a * b);
  const moved = paired(first.offset, next.scale, (a, b) => a * b);
  const offset = moved && paired(moved, next.offset, (a, b) => a + b);
  return scale && offset && { scale, offset };
}

/**
 * Rescaling and normalisation of pixels in front of everything else, and the layers that say it. Others, as between two convolutions, are part of the
 * computation.
 */
export function rescaling(
  layers: readonly KerasLayer[],
  sizes: ReadonlySet<KerasLayer> = new Set(),
  adapted: ReadonlyMap<KerasLayer, AdaptedStatistics> = new Map(),
): {
  counted: ReadonlySet<KerasLayer>;
  pictures?: StatedPictures;
  /** Names of the tensors that say a part of it. */
  tensors?: readonly string[];
} {
  const counted = new Set<KerasLayer>();
  let whole: Rescaling | undefined;
  for (const layer of layers) {
    if (passes(layer.className) || sizes.has(layer)) continue;
    const next = rescalingOf(layer, adapted);
    const both = next && (whole ? composed(whole, next) : next);
    if (!both) break;
    whole = both;
    counted.add(layer);
  }
  const mean = whole && paired(whole.offset, whole.scale, (offset, scale) => -offset / scale);
  if (!whole || !mean) return { counted: new Set() };
  const [first = 1, ...rest] = whole.scale;
  const scale = rest.every((one) => one === first) ? first : whole.scale;
  const tensors = [...counted].flatMap((layer) => adapted.get(layer)?.tensors ?? []);
  return { counted, pictures: { scale, mean }, tensors };
}
