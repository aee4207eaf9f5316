/**
 * Which algorithm multiplies matrices of which shape: the bounds are measured, see the table in this package's README.
 */

/** Rows up to which, and elements of the matrix they are multiplied by from which, reading that matrix takes longer than multiplying. */
const [mostFewRows, leastMatrix] = [64, 2 ** 16];
/** Depth up to which, and columns and elements of the result from which, it takes as long to write the result as to compute it. */
const [mostShallow, leastColumns, leastResult] = [32, 64, 2 ** 16];

/** Of `count` products `[rows, depth] . [depth, columns]`. */
export interface ProductShape {
  count: number;
  rows: number;
  columns: number;
  depth: number;
  transposeA: boolean;
  /** A bias is added or an activation applied. */
  fused: boolean;
}

export function productAlgorithm(shape: ProductShape): 'fewRows' | 'shallow' | 'gemm' {
  const { count, rows, columns, depth } = shape;
  if (count > 1) return 'gemm';
  if (!shape.transposeA && rows <= mostFewRows && columns * depth >= leastMatrix) return 'fewRows';
  const large = columns >= leastColumns && rows * columns >= leastResult;
  return !shape.fused && depth <= mostShallow && large ? 'shallow' : 'gemm';
}
