import type { Values } from './drawn-values.ts';

const axes = (shape: readonly number[], transposed: boolean) => {
  const [first = 1, second = 1] = shape.slice(-2);
  const [rows, columns] = transposed ? [second, first] : [first, second];
  return { outer: shape.slice(0, -2), rows, columns, size: rows * columns };
};

/** Which of an operand's matrices goes into each of the result's, where axes of size 1 are repeated. */
function matricesOf(outer: readonly number[], own: readonly number[]): number[] {
  const padded = [...outer.slice(own.length).map(() => 1), ...own];
  const count = outer.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, index) => {
    let [rest, place, step] = [index, 0, 1];
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      const [size = 1, held = 1] = [outer[axis], padded[axis]];
      if (held > 1) place += (rest % size) * step;
      step *= held;
      rest = Math.floor(rest / size);
    }
    return place;
  });
}

/** Rows of a matrix one after another, or, where it lies the other way, its columns. */
function lines({ values }: Values, start: number, count: number, length: number, transposed: boolean): Float64Array {
  const [ofLine, step] = transposed ? [1, count] : [length, 1];
  const found = new Float64Array(count * length);
  for (let line = 0; line < count; line++)
    for (let place = 0; place < length; place++)
      found[line * length + place] = values[start + line * ofLine + place * step] ?? Number.NaN;
  return found;
}

function dot(a: Float64Array, b: Float64Array, i: number, j: number, depth: number): number {
  let sum = 0;
  for (let k = 0; k < depth; k++) sum += (a[i * depth + k] ?? Number.NaN) * (b[j * depth + k] ?? Number.NaN);
  return sum;
}

/** `a · b` over the last two axes, either transposed, in double precision. The axes before them are broadcast. */
export function referenceProduct(a: Values, b: Values, transposeA = false, transposeB = false): Values {
  const [left, right] = [axes(a.shape, transposeA), axes(b.shape, transposeB)];
  const rank = Math.max(left.outer.length, right.outer.length);
  const sizes = (outer: readonly number[]) => [...Array<number>(rank - outer.length).fill(1), ...outer];
  const [outerA, outerB] = [sizes(left.outer), sizes(right.outer)];
  const outer = outerA.map((size, axis) => Math.max(size, outerB[axis] ?? 1));
  const [ofA, ofB] = [matricesOf(outer, outerA), matricesOf(outer, outerB)];
  const [rows, columns, depth] = [left.rows, right.columns, left.columns];
  const values = new Float64Array(ofA.length * rows * columns);
  for (const [matrix, matrixA] of ofA.entries()) {
    const rowsOfA = lines(a, matrixA * left.size, rows, depth, transposeA);
    const columnsOfB = lines(b, (ofB[matrix] ?? 0) * right.size, columns, depth, !transposeB);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        values[(matrix * rows + i) * columns + j] = dot(rowsOfA, columnsOfB, i, j, depth);
  }
  return { shape: [...outer, rows, columns], values };
}
