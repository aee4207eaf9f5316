import type { Values } from './drawn-values.ts';

/** Slope of `leakyrelu` below zero. */
export const leak = 0.3;

const functions = {
  linear: (x: number) => x,
  relu: (x: number) => Math.max(0, x),
  relu6: (x: number) => Math.min(6, Math.max(0, x)),
  elu: (x: number) => (x < 0 ? Math.expm1(x) : x),
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  leakyrelu: (x: number) => (x < 0 ? leak * x : x),
  prelu: (x: number, alpha: number) => (x < 0 ? alpha * x : x),
} as const;

export type Activation = keyof typeof functions;
export const activations = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'sigmoid',
  'leakyrelu',
  'prelu',
] as const satisfies Activation[];

/** A result with its bias, of one element or one a column, and the activation that is fused with it, in double precision. */
export function activated({ shape, values }: Values, activation: Activation, bias: Values, alpha: Values): Values {
  const columns = shape.at(-1) ?? 1;
  const added = (column: number) => bias.values[bias.values.length === 1 ? 0 : column] ?? Number.NaN;
  return {
    shape,
    values: Float64Array.from(values, (value, index) => {
      const column = index % columns;
      return functions[activation](value + added(column), alpha.values[column] ?? Number.NaN);
    }),
  };
}
