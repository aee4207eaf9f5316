/** Number of elements of a tensor of that shape: 1 for a scalar. */
export const elements = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
