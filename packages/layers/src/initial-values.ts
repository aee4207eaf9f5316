import { deriveSeed, elements, fillNormal, fillUniform } from '@zoo/core';
import type { Initializer, ShapedLayer } from '@zoo/spec';

/** Inputs of one output, and outputs of one input. */
export interface Fan {
  in: number;
  out: number;
}

/** The fan of a weight `[out, in, kH, kW]` or `[out, in]`, as PyTorch counts it: `out` of a grouped convolution is of all groups. */
export function fanOf([outputs = 1, inputs = 1, ...kernel]: readonly number[]): Fan {
  const receptiveField = elements(kernel);
  return { in: inputs * receptiveField, out: outputs * receptiveField };
}

function uniformBound(initializer: Exclude<Initializer, number | { normal: number }>, fan: Fan): number {
  if (typeof initializer === 'object') return initializer.uniformOverFanIn / fan.in;
  return initializer === 'xavier-uniform' ? Math.sqrt(6 / (fan.in + fan.out)) : 1 / Math.sqrt(fan.in);
}

/** The fan of a layer whose filters see as many inputs each. */
function layerFan({ layer, weights }: ShapedLayer): Fan {
  return layer.kind === 'subsample' ? { in: layer.size ** 2, out: 1 } : fanOf(weights[0]?.shape ?? []);
}

/**
 * Sets the initial values of a layer's weight or bias. With a table of connections each filter has a fan of its own, and its
 * share of the values.
 */
export function setLayerValues(
  values: Float32Array,
  shaped: ShapedLayer,
  role: 'weight' | 'bias',
  initializer: Initializer,
  seed: number,
): void {
  const { layer } = shaped;
  if (layer.kind !== 'conv' || !layer.connections) {
    setInitialValues(values, initializer, layerFan(shaped), seed);
    return;
  }
  const field = layer.kernel ** 2;
  let start = 0;
  for (const [filter, { length: inputs }] of layer.connections.entries()) {
    const end = start + (role === 'weight' ? inputs * field : 1);
    const fan = { in: inputs * field, out: layer.filters * field };
    setInitialValues(values.subarray(start, end), initializer, fan, deriveSeed(seed, filter));
    start = end;
  }
}

/** Sets a tensor's initial values: the same on every machine and backend for the same seed. */
export function setInitialValues(values: Float32Array, initializer: Initializer, fan: Fan, seed: number): void {
  if (typeof initializer === 'number') {
    values.fill(initializer);
    return;
  }
  if (typeof initializer === 'object' && 'normal' in initializer) fillNormal(values, initializer.normal, seed);
  else fillUniform(values, uniformBound(initializer, fan), seed);
}
