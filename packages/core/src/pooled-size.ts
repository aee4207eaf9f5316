/** Windows of a pool along one axis. */
export interface PoolWindows {
  /** Pixels of a window. */
  size: number;
  /** Pixels between windows. Default: `size`. */
  stride?: number;
  /** Pixels added on either side. Default: 0. */
  padding?: number;
  /** Rounds the number of windows up, as Caffe does, instead of down, as PyTorch does. Default: false. */
  ceil?: boolean;
}

/**
 * Number of windows along one axis: `floor((in + 2 * padding - size) / stride) + 1`, or with `ceil` for `floor`.
 * With `ceil`, a last window that would start beyond the image and its leading padding is left out (Caffe, PoolingLayer::Reshape).
 */
export function pooledSize(inSize: number, { size, stride = size, padding = 0, ceil = false }: PoolWindows): number {
  const steps = (inSize + 2 * padding - size) / stride;
  if (!ceil) return Math.floor(steps) + 1;
  const out = Math.ceil(steps) + 1;
  return (out - 1) * stride >= inSize + padding ? out - 1 : out;
}
