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
  const neighbours = (i: number, j: number, c: number): [number, number, number][] => {
    const found: [number, number, number][] = [];
    for (let a = -reach; a <= reach; a++) {
      if (!plane) found.push([i, j, c + a]);
      else for (let b = -reach; b <= reach; b++) found.push([i + a, j + b, c]);
    }
    return found.filter(([, , channel]) => channel >= 0 && channel < channels);
  };
  each((n, i, j, c) => {
    const sum = neighbours(i, j, c).reduce((total, [row, column, ch]) => total + at(x, n, row, column, ch) ** 2, 0);
    add(sums, n, i, j, c, k + scale * sum);
    add(y, n, i, j, c, at(x, n, i, j, c) / at(sums, n, i, j, c) ** beta);
  });
  each((n, i, j, c) => {
    const g = dy ? at(dy, n, i, j, c) : 0;
    const s = at(sums, n, i, j, c);
    add(dx, n, i, j, c, g / s ** beta);
    for (const [row, column, ch] of neighbours(i, j, c)) {
      const shared = (-2 * scale * beta * g * at(x, n, i, j, c)) / s ** (beta + 1);
      add(dx, n, row, column, ch, shared * at(x, n, row, column, ch));
    }
  });
  return { y, dx };
}
