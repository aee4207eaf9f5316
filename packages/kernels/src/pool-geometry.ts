import { pooledSize, ZooError } from '@zoo/core';

/** Options of `maxPool2d` and `avgPool2d`. */
export interface PoolOptions {
  /** Side of the square window, in pixels. */
  size: number;
  /** Pixels between windows. Default: `size`. */
  stride?: number;
  /** Pixels added on each of the four sides, at most half of `size`. Default: 0. */
  padding?: number;
  /** Rounds the output size up, as Caffe does, instead of down, as PyTorch does. Default: false. */
  ceil?: boolean;
}

/** Where the windows of one axis lie. */
export interface PoolAxis {
  /** Number of windows. */
  out: number;
  /** Pixels by which the last window reaches beyond the padded image. */
  overhang: number;
  /** Pixels to add after the image so that the windows fit without rounding. */
  after: number;
}

export function poolAxis(inSize: number, options: PoolOptions): PoolAxis {
  const { size, stride = size, padding = 0 } = options;
  const out = pooledSize(inSize, options);
  const end = (out - 1) * stride + size;
  return { out, overhang: Math.max(0, end - inSize - 2 * padding), after: Math.max(0, end - inSize - padding) };
}

const atLeast = (op: string, name: string, value: number, least: number): void => {
  if (!Number.isInteger(value) || value < least)
    throw new ZooError('spec', `${op}: ${name} must be a whole number of at least ${least}, got ${value}.`);
};

/** A pool's windows along both axes. */
interface PoolGeometry extends Required<Omit<PoolOptions, 'ceil'>> {
  rows: PoolAxis;
  columns: PoolAxis;
}

/** Both axes of a pool over `[batch, height, width, channels]`. */
export function poolGeometry(op: string, shape: readonly number[], options: PoolOptions): PoolGeometry {
  const { size, stride = size, padding = 0 } = options;
  const [, height = 0, width = 0] = shape;
  if (shape.length !== 4)
    throw new ZooError(
      'spec',
      `${op}: the input must be [batch, height, width, channels], got [${shape}]. Add the missing axes.`,
    );
  atLeast(op, 'size', size, 1);
  atLeast(op, 'stride', stride, 1);
  atLeast(op, 'padding', padding, 0);
  if (padding > size / 2)
    throw new ZooError(
      'spec',
      `${op}: padding ${padding} is more than half of size ${size}. Use at most ${size >> 1}.`,
    );
  if (Math.min(height, width) + 2 * padding < size)
    throw new ZooError(
      'spec',
      `${op}: a window of ${size}x${size} does not fit into ${height}x${width} with padding ${padding}. Use a larger image or a smaller window.`,
    );
  return { size, stride, padding, rows: poolAxis(height, options), columns: poolAxis(width, options) };
}
