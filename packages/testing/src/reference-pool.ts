import { add, at, type Block, type Shape, zeros } from './numbers.ts';

export interface ReferencePool {
  size: number;
  stride: number;
  padding: number;
  ceil: boolean;
}

/** Caffe's PoolingLayer::Reshape; without `ceil`, PyTorch's default. */
const outSize = (inSize: number, { size, stride, padding, ceil }: ReferencePool) => {
  const exact = (inSize + 2 * padding - size) / stride + 1;
  let out = ceil ? Math.ceil(exact) : Math.floor(exact);
  while ((out - 1) * stride >= inSize + padding) out--;
  return out;
};

const outShape = ([batch, height, width, channels]: Shape, options: ReferencePool): Shape => [
  batch,
  outSize(height, options),
  outSize(width, options),
  channels,
];

/** Output and gradient of either pool, window by window. */
export function referencePool(kind: 'max' | 'avg', x: Block, options: ReferencePool, dy?: Block) {
  const { size, stride, padding } = options;
  const [, height, width] = x.shape;
  const [y, dx] = [zeros(outShape(x.shape, options)), zeros(x.shape)];
  const [batch, rows, columns, channels] = y.shape;
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        for (let c = 0; c < channels; c++) {
          const [top, left] = [i * stride - padding, j * stride - padding];
          const [bottom, right] = [Math.min(top + size, height + padding), Math.min(left + size, width + padding)];
          const area = (bottom - top) * (right - left);
          const g = dy ? at(dy, n, i, j, c) : 0;
          let [best, bestRow, bestColumn] = [Number.NEGATIVE_INFINITY, -1, -1];
          for (let row = Math.max(0, top); row < Math.min(bottom, height); row++)
            for (let column = Math.max(0, left); column < Math.min(right, width); column++) {
              const value = at(x, n, row, column, c);
              if (kind === 'avg') {
                add(y, n, i, j, c, value / area);
                add(dx, n, row, column, c, g / area);
              } else if (value > best) [best, bestRow, bestColumn] = [value, row, column];
            }
          if (kind === 'max') {
            add(y, n, i, j, c, best);
            add(dx, n, bestRow, bestColumn, c, g);
          }
        }
  return { y, dx };
}
