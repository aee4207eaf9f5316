import type { AvgPool, Conv, Layer, MaxPool } from './layer.ts';
import type { Shape } from './model-spec.ts';

/** A mismatch in words, for the caller to add where it happened. */
export class Mismatch extends Error {}

const maps = (input: Shape): readonly [number, number, number] => {
  if (input.length === 3) return input;
  throw new Mismatch(`needs maps [height, width, channels], but its input is the vector [${input[0]}]`);
};

function convolvedSize(size: number, layer: Conv): number {
  const padded = size + 2 * layer.padding;
  if (padded < layer.kernel)
    throw new Mismatch(
      `its ${layer.kernel}×${layer.kernel} kernel does not fit a side of ${padded} (padding included)`,
    );
  return Math.floor((padded - layer.kernel) / layer.stride) + 1;
}

/** Positions of a pooling window along one side: Caffe (`ceil`) lets the last one reach over the edge, if it starts inside. */
export function pooledSize(
  size: number,
  layer: Pick<MaxPool | AvgPool, 'size' | 'stride' | 'padding' | 'ceil'>,
): number {
  const padded = size + 2 * layer.padding;
  if (2 * layer.padding > layer.size)
    throw new Mismatch(
      `has a padding of ${layer.padding}, more than half of its ${layer.size}×${layer.size} window: at most ${layer.size >> 1}`,
    );
  if (padded < layer.size)
    throw new Mismatch(`its ${layer.size}×${layer.size} window does not fit a side of ${padded} (padding included)`);
  const steps = (padded - layer.size) / layer.stride;
  if (!layer.ceil) return Math.floor(steps) + 1;
  const windows = Math.ceil(steps) + 1;
  return (windows - 1) * layer.stride >= size + layer.padding ? windows - 1 : windows;
}

/**
 * Shape of one example after a layer.
 *
 * @throws Mismatch when the layer cannot take such an input, or gives nothing.
 */
export function outputShape(layer: Layer, input: Shape, classes: number): Shape {
  const output = shapeAfter(layer, input, classes);
  if (output.every((size) => Number.isInteger(size) && size > 0)) return output;
  throw new Mismatch(`would give [${output.join(', ')}], where every size must be a whole number above 0`);
}

function shapeAfter(layer: Layer, input: Shape, classes: number): Shape {
  switch (layer.kind) {
    case 'conv': {
      const [height, width, channels] = maps(input);
      if (channels % layer.groups !== 0 || layer.filters % layer.groups !== 0)
        throw new Mismatch(
          `${layer.groups} groups must divide both ${channels} input channels and ${layer.filters} filters`,
        );
      return [convolvedSize(height, layer), convolvedSize(width, layer), layer.filters];
    }
    case 'maxPool':
    case 'avgPool': {
      const [height, width, channels] = maps(input);
      return [pooledSize(height, layer), pooledSize(width, layer), channels];
    }
    case 'adaptiveAvgPool':
      return [layer.size, layer.size, maps(input)[2]];
    case 'lrn':
      if (layer.size % 2 !== 1)
        throw new Mismatch(`has ${layer.size} neighbours, but a neighbourhood with a middle has an odd number`);
      return maps(input);
    case 'batchNorm':
      return maps(input);
    case 'flatten':
      return [input.reduce((product, size) => product * size, 1)];
    case 'dense':
      if (input.length !== 1)
        throw new Mismatch(`needs a vector, but its input is maps [${input.join(', ')}]: put flatten() before it`);
      return [layer.units === 'classes' ? classes : layer.units];
    case 'relu':
    case 'dropout':
      return input;
  }
}
