import { random } from '@zoo/core';
import type { Initializer } from '@zoo/spec';

/** Inputs of one output, and outputs of one input. */
export interface Fan {
  in: number;
  out: number;
}

/** The fan of a weight `[out, in, kH, kW]` or `[out, in]`, as PyTorch counts it: `out` of a grouped convolution is of all groups. */
export function fanOf([outputs = 1, inputs = 1, ...kernel]: readonly number[]): Fan {
  const receptiveField = kernel.reduce((product, size) => product * size, 1);
  return { in: inputs * receptiveField, out: outputs * receptiveField };
}

/** Sets a tensor's initial values: the same on every machine and backend for the same seed. */
export function setInitialValues(values: Float32Array, initializer: Initializer, fan: Fan, seed: number): void {
  if (typeof initializer === 'number') {
    values.fill(initializer);
    return;
  }
  const { length } = values;
  const { normal, uniform } = random(seed);
  if (typeof initializer === 'object') {
    for (let i = 0; i < length; i++) values[i] = initializer.normal * normal();
  } else {
    const bound = initializer === 'xavier-uniform' ? Math.sqrt(6 / (fan.in + fan.out)) : 1 / Math.sqrt(fan.in);
    for (let i = 0; i < length; i++) values[i] = bound * (2 * uniform() - 1);
  }
}
