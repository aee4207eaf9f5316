import { add, at, type Block, zeros } from './numbers.ts';

export interface ReferenceLrn {
  size: number;
  k: number;
  /** Multiplies the sum of squares. */
  scale: number;
  beta: number;
  region: 'across-channels' | 'within-channel';
}

/** `y = x / s^beta`, `s = k + scale * sum x^2`; `dx = dy / s^beta - 2 * scale * beta * x * sum dy * x / s^(beta + 1)`. */
export function referenceLrn(x: Block, { size, k, scale, beta, region }: ReferenceLrn, dy?: Block) {
  const [batch, height, width, channels] = x.shape;
  const reach = (size - 1) / 2;
  const plane = region === 'within-channel';
  const [sums, y, dx] = [zeros(x.shape), zeros(x.shape), zeros(x.shape)];
  const each = (visit: (n: number, i: number, j: number, c: number) => void) => {
    for (let n = 0; n < batch; n++)
      for (let i = 0; i < height; i++)
        for (let j = 0; j < width; j++) for (let c = 0; c < channels; c++) visit(n, i, j, c);
  };
  const eachNeighbour = (
    i: number,
    j: number,
    c: number,
    visit: (row: number, column: number, channel: number) => void,
  ) => {
    for (let a = -reach; a <= reach; a++) {
      if (plane) for (let b = -reach; b <= reach; b++) visit(i + a, j + b, c);
      else if (c + a >= 0 && c + a < channels) visit(i, j, c + a);
    }
  };
  each((n, i, j, c) => {
    let sum = 0;
    eachNeighbour(i, j, c, (row, column, channel) => {
      sum += at(x, n, row, column, channel) ** 2;
    });
    add(sums, n, i, j, c, k + scale * sum);
    add(y, n, i, j, c, at(x, n, i, j, c) / at(sums, n, i, j, c) ** beta);
  });
  if (dy)
    each((n, i, j, c) => {
      const g = at(dy, n, i, j, c);
      const s = at(sums, n, i, j, c);
      add(dx, n, i, j, c, g / s ** beta);
      const shared = (-2 * scale * beta * g * at(x, n, i, j, c)) / s ** (beta + 1);
      eachNeighbour(i, j, c, (row, column, channel) =>
        add(dx, n, row, column, channel, shared * at(x, n, row, column, channel)),
      );
    });
  return { y, dx };
}
