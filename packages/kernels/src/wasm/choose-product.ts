/**
 * Which algorithm multiplies matrices of which shape: the bounds are measured, see the table in this package's README.
 */

/** Rows up to which, and elements of the matrix they are multiplied by from which, reading that matrix takes longer than multiplying. */
const [maxFewRows, minMatrix] = [64, 2 ** 16];
/** Depth up to which, and columns and elements of the result from which, it takes as long to write the result as to compute it. */
const [maxShallow, minColumns, minResult] = [32, 64, 2 ** 16];

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
  if (!shape.transposeA && rows <= maxFewRows && columns * depth >= minMatrix) return 'fewRows';
  const large = columns >= minColumns && rows * columns >= minResult;
  return !shape.fused && depth <= maxShallow && large ? 'shallow' : 'gemm';
}
