import { describe, expect, it } from 'vitest';
import { type PoolWindows, pooledSize } from './pooled-size.ts';
import { random } from './random.ts';

/** Starts of all windows that lie inside the padded side; with `ceil` also of one that reaches over its end from inside. */
function countWindows(size: number, window: number, stride: number, padding: number, ceil: boolean): number {
  const end = size + padding;
  let count = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (let start = -padding; start < end; start += stride) {
    const fits = start + window <= end;
    const reachesOver = ceil && covered < end && start < size;
    if (!fits && !reachesOver) break;
    count += 1;
    covered = start + window;
  }
  return count;
}

describe('pooled sizes', () => {
  // PyTorch 2.15: [F.max_pool2d(torch.zeros(1, 1, n, n), k, s, p, ceil_mode=c).shape[-1] for c in (False, True)]
  it.each([
    [32, 3, 2, 0, 15, 16],
    [16, 3, 2, 0, 7, 8],
    [8, 3, 2, 0, 3, 4],
    [54, 3, 2, 0, 26, 27],
    [55, 3, 2, 0, 27, 27],
    [6, 2, 2, 1, 4, 4],
    [7, 2, 2, 1, 4, 4],
    [5, 3, 3, 1, 2, 2],
    [4, 2, 3, 0, 1, 2],
    [5, 2, 3, 0, 2, 2],
    [6, 2, 3, 1, 3, 3],
    [3, 3, 2, 0, 1, 1],
    [4, 3, 2, 1, 2, 3],
    [10, 4, 7, 2, 2, 2],
  ])(
    "of %i with window %i, stride %i, padding %i are PyTorch's: %i, %i",
    (size, window, stride, padding, ...wanted) => {
      const found = [false, true].map((ceil) => pooledSize(size, { size: window, stride, padding, ceil }));
      expect(found).toEqual(wanted);
    },
  );

  it('equal a count of the windows, for random sizes', () => {
    const { integer } = random(11);
    for (let trial = 0; trial < 3000; trial++) {
      const window = 1 + integer(7);
      const stride = 1 + integer(9);
      const padding = integer((window >> 1) + 1);
      const size = Math.max(1, window - 2 * padding) + integer(60);
      for (const ceil of [false, true]) {
        const found = pooledSize(size, { size: window, stride, padding, ceil });
        expect({ size, window, stride, padding, ceil, found }).toEqual({
          size,
          window,
          stride,
          padding,
          ceil,
          found: countWindows(size, window, stride, padding, ceil),
        });
      }
    }
  });

  it('never have a window that sees only padding', () => {
    const { integer } = random(12);
    for (let trial = 0; trial < 3000; trial++) {
      const window = 1 + integer(7);
      const stride = 1 + integer(9);
      const padding = integer((window >> 1) + 1);
      const size = Math.max(1, window - 2 * padding) + integer(60);
      const lastStart = (pooledSize(size, { size: window, stride, padding, ceil: true }) - 1) * stride - padding;
      expect(lastStart).toBeLessThan(size);
    }
  });

  it('differ between Caffe and PyTorch where the windows leave a remainder: 54, but not 55', () => {
    const sizes = (start: number, ceil: boolean) => {
      const chain = [start];
      for (let pool = 0; pool < 3; pool++)
        chain.push(pooledSize(chain.at(-1) ?? 0, { size: 3, stride: 2, padding: 0, ceil }));
      return chain;
    };
    expect(sizes(55, false)).toEqual([55, 27, 13, 6]);
    expect(sizes(55, true)).toEqual([55, 27, 13, 6]);
    expect(sizes(54, false)).toEqual([54, 26, 12, 5]);
    expect(sizes(54, true)).toEqual([54, 27, 13, 6]);
  });
});

describe('pooled sizes of options', () => {
  it.each([
    [32, { size: 3, stride: 2, ceil: true }, 16],
    [16, { size: 3, stride: 2, ceil: true }, 8],
    [54, { size: 3, stride: 2, ceil: true }, 27],
    [54, { size: 3, stride: 2 }, 26],
    [55, { size: 3, stride: 2 }, 27],
    [6, { size: 2, padding: 1, ceil: true }, 4],
    [5, { size: 2, padding: 1, ceil: true }, 3],
    [6, { size: 3 }, 2],
  ] satisfies [number, PoolWindows, number][])('%d with %j gives %d', (size, options, out) =>
    expect(pooledSize(size, options)).toBe(out),
  );
});
