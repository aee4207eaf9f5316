import { elements } from '@zoo/core';
import type { StoredTensor } from '../tensor.ts';
import { blocksOf, type Quantisation, type Scale } from './quantisation.ts';

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

/** `(stored - zeroPoint) * scale` of each element. */
export async function dequantisedValues(
  stored: StoredTensor,
  { scale, zeroPoint, axis }: Quantisation,
): Promise<Float32Array> {
  const { shape } = stored;
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
}
