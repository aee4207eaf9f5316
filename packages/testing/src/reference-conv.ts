import { add, at, type Block, zeros } from './numbers.ts';

export interface ReferenceConv {
  stride: number;
  padding: number;
  groups: number;
  dilation: number;
}

const outSize = (inSize: number, kernel: number, { stride, padding, dilation }: ReferenceConv) =>
  Math.floor((inSize + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;

/** Calls `visit` once for each product of the convolution's definition. */
function eachProduct(
  x: Block,
  filter: Block,
  options: ReferenceConv,
  visit: (n: number, i: number, j: number, o: number, row: number, column: number, c: number, tap: number) => void,
): void {
  const { stride, padding, groups, dilation } = options;
  const [batch, height, width] = x.shape;
  const [kernelHeight, kernelWidth, perGroup, outChannels] = filter.shape;
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < outSize(height, kernelHeight, options); i++)
      for (let j = 0; j < outSize(width, kernelWidth, options); j++)
        for (let o = 0; o < outChannels; o++)
          for (let u = 0; u < kernelHeight; u++)
            for (let v = 0; v < kernelWidth; v++)
              for (let c = 0; c < perGroup; c++) {
                const channel = Math.floor(o / (outChannels / groups)) * perGroup + c;
                const tap = ((u * kernelWidth + v) * perGroup + c) * outChannels + o;
                visit(
                  n,
                  i,
                  j,
                  o,
                  i * stride + u * dilation - padding,
                  j * stride + v * dilation - padding,
                  channel,
                  tap,
                );
              }
}

export function referenceConv(x: Block, filter: Block, options: ReferenceConv): Block {
  const [batch, height, width] = x.shape;
  const [kernelHeight, kernelWidth, , outChannels] = filter.shape;
  const y = zeros([batch, outSize(height, kernelHeight, options), outSize(width, kernelWidth, options), outChannels]);
  eachProduct(x, filter, options, (n, i, j, o, row, column, c, tap) =>
    add(y, n, i, j, o, at(x, n, row, column, c) * (filter.values[tap] ?? 0)),
  );
  return y;
}

export function referenceConvGradients(x: Block, filter: Block, dy: Block, options: ReferenceConv) {
  const [dx, dFilter] = [zeros(x.shape), zeros(filter.shape)];
  eachProduct(x, filter, options, (n, i, j, o, row, column, c, tap) => {
    const g = at(dy, n, i, j, o);
    add(dx, n, row, column, c, g * (filter.values[tap] ?? 0));
    dFilter.values[tap] = (dFilter.values[tap] ?? 0) + g * at(x, n, row, column, c);
  });
  return { dx, dFilter };
}
