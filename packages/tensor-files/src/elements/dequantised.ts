import { elements, type StoredTensor } from '../tensor.ts';

/** Scales or zero points: of any shape that is spread over the tensor's, as a stored tensor has them. */
export type Scale = Pick<StoredTensor, 'shape' | 'read'>;

/** How whole numbers, or small floats, stand for others: `(stored - zeroPoint) * scale`. */
export interface Quantisation {
  scale: Scale;
  /** Default: 0. */
  zeroPoint?: Scale;
  /** The axis that scales in one row belong to. Default: 0. */
  axis?: number;
}

/**
 * How many neighbours share a scale, by axis: all of them, one, or blocks. Undefined where the scales do not fit. One scale fits
 * anything, a row of them the tensor's `axis`, and as many axes as the tensor has fit one by one.
 */
export function blocksOf(shape: readonly number[], scale: readonly number[], axis = 0): number[] | undefined {
  const one = scale.length === 1 && shape.length > 1;
  const spread =
    elements(scale) === 1
      ? shape.map(() => 1)
      : one
        ? shape.map((_, at) => (at === axis ? (scale[0] ?? 1) : 1))
        : scale;
  const fits = spread.length === shape.length && shape.every((size, at) => size % (spread[at] || size + 1) === 0);
  return fits ? shape.map((size, at) => size / (spread[at] ?? 1)) : undefined;
}

/** The place of the scale of each element in turn. */
function* places(shape: readonly number[], blocks: readonly number[]): Generator<number, void, undefined> {
  const counts = shape.map((size, axis) => size / (blocks[axis] || 1));
  const strides = counts.map((_, axis) => elements(counts.slice(axis + 1)));
  const at = shape.map(() => 0);
  for (let left = elements(shape); left > 0; left--) {
    yield at.reduce((place, step, axis) => place + Math.floor(step / (blocks[axis] || 1)) * (strides[axis] ?? 0), 0);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (at[axis] ?? 0) + 1;
      at[axis] = next === shape[axis] ? 0 : next;
      if (at[axis] !== 0) break;
    }
  }
}

/** As many scales as elements of a run that share one, for the usual cases: one for all, or one for each of the first axis. */
function runOf(shape: readonly number[], blocks: readonly number[]): number {
  const axis = blocks.findIndex((block, at) => block !== shape[at]);
  if (axis < 0) return elements(shape);
  const inRuns = shape.every((size, at) => (at < axis ? size === 1 : at === axis || blocks[at] === size));
  return inRuns ? (blocks[axis] ?? 1) * elements(shape.slice(axis + 1)) : 0;
}

/** A quantised tensor as the numbers that it stands for. The caller has checked by `blocksOf` that its scales fit. */
export function dequantised(stored: StoredTensor, { scale, zeroPoint, axis }: Quantisation): StoredTensor {
  const { shape } = stored;
  const read = async () => {
    const [values, scales, zeros] = [(await stored.read()).slice(), await scale.read(), await zeroPoint?.read()];
    const one = (kind: Float32Array | undefined, of: Scale | undefined) => {
      const blocks = blocksOf(shape, of?.shape ?? [], axis) ?? [...shape];
      const run = runOf(shape, blocks);
      const each = run > 0 ? undefined : Int32Array.from(places(shape, blocks));
      return (index: number) => kind?.[each ? (each[index] ?? 0) : Math.floor(index / run)] ?? 0;
    };
    const [scaleAt, zeroAt] = [one(scales, scale), one(zeros, zeroPoint)];
    for (let index = 0; index < values.length; index++)
      values[index] = ((values[index] ?? 0) - (zeros ? zeroAt(index) : 0)) * scaleAt(index);
    return values;
  };
  return { name: stored.name, dtype: 'F32', shape, read };
}
