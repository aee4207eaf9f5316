import { elements, pooledSize } from '@zoo/core';
import type { AvgPool, Conv, Layer, MaxPool, Rbf } from './layer.ts';
import type { Shape } from './model-spec.ts';

/** A mismatch in words, for the caller to add where it happened. */
export class Mismatch extends Error {}

const maps = (input: Shape): readonly [number, number, number] => {
  if (input.length === 3) return input;
  throw new Mismatch(`needs maps [height, width, channels], but its input is the vector [${input[0]}]`);
};

const vector = (input: Shape): number => {
  if (input.length === 1) return input[0];
  throw new Mismatch(`needs a vector, but its input is maps [${input.join(', ')}]: put flatten() before it`);
};

function convolvedSize(size: number, layer: Conv): number {
  const padded = size + 2 * layer.padding;
  if (padded < layer.kernel)
    throw new Mismatch(
      `its ${layer.kernel}×${layer.kernel} kernel does not fit a side of ${padded} (padding included)`,
    );
  return Math.floor((padded - layer.kernel) / layer.stride) + 1;
}

/** A table of connections names, for each filter, some of the input's channels, in order. */
function requireConnections({ connections, filters, groups }: Conv, channels: number): void {
  if (!connections) return;
  if (groups !== 1) throw new Mismatch(`has ${groups} groups and a table of connections: one of them says enough`);
  if (connections.length !== filters)
    throw new Mismatch(`has ${filters} filters, but its table of connections is for ${connections.length}`);
  for (const [filter, seen] of connections.entries()) {
    const ascending = seen.every((channel, index) => Number.isInteger(channel) && channel > (seen[index - 1] ?? -1));
    if (seen.length === 0 || !ascending || (seen.at(-1) ?? 0) >= channels)
      throw new Mismatch(
        `connects filter ${filter} with channels [${seen.join(', ')}], expected some of 0 to ${channels - 1}, ascending`,
      );
  }
}

/** As many logits as there are classes, each with a code as long as the input. */
function requireCodes({ codes }: Rbf, inputs: number, classes: number): void {
  if (codes.length < classes) throw new Mismatch(`has codes for ${codes.length} classes, but there are ${classes}`);
  const other = codes.find(({ length }) => length !== inputs);
  if (other) throw new Mismatch(`compares ${inputs} numbers with a code of ${other.length}`);
}

/** Positions of a pooling window along one side, where it fits there. */
function poolPositions(size: number, layer: MaxPool | AvgPool): number {
  const padded = size + 2 * layer.padding;
  if (2 * layer.padding > layer.size)
    throw new Mismatch(
      `has a padding of ${layer.padding}, more than half of its ${layer.size}×${layer.size} window: at most ${layer.size >> 1}`,
    );
  if (padded < layer.size)
    throw new Mismatch(
      `has a ${layer.size}×${layer.size} window, which does not fit a side of ${padded} (padding included)`,
    );
  return pooledSize(size, layer);
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
      requireConnections(layer, channels);
      return [convolvedSize(height, layer), convolvedSize(width, layer), layer.filters];
    }
    case 'maxPool':
    case 'avgPool': {
      const [height, width, channels] = maps(input);
      return [poolPositions(height, layer), poolPositions(width, layer), channels];
    }
    case 'subsample': {
      const [height, width, channels] = maps(input);
      const { size } = layer;
      if (height % size !== 0 || width % size !== 0)
        throw new Mismatch(
          `takes ${size}×${size} windows side by side, which maps of ${height}×${width} are no multiple of`,
        );
      return [height / size, width / size, channels];
    }
    case 'adaptiveAvgPool':
      return [layer.size, layer.size, maps(input)[2]];
    case 'lrn':
      if (layer.size % 2 !== 1)
        throw new Mismatch(`has ${layer.size} neighbours, but a centred neighbourhood has an odd number`);
      return maps(input);
    case 'batchNorm':
      return maps(input);
    case 'flatten':
      return [elements(input)];
    case 'rbf': {
      const inputs = vector(input);
      requireCodes(layer, inputs, classes);
      return [classes];
    }
    case 'dense':
      vector(input);
      return [layer.units === 'classes' ? classes : layer.units];
    case 'relu':
    case 'tanh':
    case 'dropout':
      return input;
  }
}
