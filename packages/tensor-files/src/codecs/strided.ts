import { type Bytes, partOf } from '../bytes.ts';
import { bytesPerElement, type Dtype, elements, type StoredTensor } from '../tensor.ts';
import { tensorInRows } from './stored-tensor.ts';

/** A tensor whose numbers lie somewhere among those of a storage; steps and places are counted in numbers. */
export interface Strided {
  name: string;
  dtype: Dtype;
  shape: readonly number[];
  /** For each axis, how far apart two neighbours are. */
  strides: readonly number[];
  /** Place of the first number. */
  offset: number;
  /** Default: false. */
  bigEndian?: boolean;
  /** The storage. */
  bytes: Bytes;
}

/** Strides of numbers in rows: the last axis is the innermost. */
export const rowStrides = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => elements(shape.slice(axis + 1)));

/** Strides of numbers in columns, as Fortran has them: the first axis is the innermost. */
export const columnStrides = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => elements(shape.slice(0, axis)));

/** How many numbers lie between the first and the last that are used, both included. */
export const span = (shape: readonly number[], strides: readonly number[]): number =>
  elements(shape) === 0 ? 0 : shape.reduce((reach, size, axis) => reach + (size - 1) * (strides[axis] ?? 0), 1);

/** Axes of one element take no step, whatever their stride says. */
const inRows = (shape: readonly number[], strides: readonly number[]): boolean => {
  const rows = rowStrides(shape);
  return elements(shape) === 0 || shape.every((size, axis) => size === 1 || strides[axis] === rows[axis]);
};

/** `rows[i0, i1, ...] = values[Σ i_k·strides[k]]` */
function gather(values: Float32Array, shape: readonly number[], strides: readonly number[]): Float32Array {
  const rows = new Float32Array(elements(shape));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < rows.length; to++) {
    rows[to] = values[from] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      from += stride;
      index[axis] = next;
      if (next < (shape[axis] ?? 0)) break;
      from -= next * stride;
      index[axis] = 0;
    }
  }
  return rows;
}

/**
 * A tensor of a storage. The caller has checked that the storage holds `offset + span(shape, strides)` numbers, and as
 * many as the shape has.
 */
export function stridedTensor({ shape, strides, offset, bytes, ...tensor }: Strided): StoredTensor {
  const size = bytesPerElement[tensor.dtype];
  const used = partOf(bytes, offset * size, span(shape, strides) * size);
  if (inRows(shape, strides)) return tensorInRows({ ...tensor, shape, bytes: used });
  const all = tensorInRows({ ...tensor, shape: [span(shape, strides)], bytes: used });
  return { name: tensor.name, dtype: tensor.dtype, shape, read: async () => gather(await all.read(), shape, strides) };
}
