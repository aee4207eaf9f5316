import { type Block, zeros } from '@zoo/testing/numbers';

/** Gradient of `sum(dy · f(blocks))` by one of its blocks: central differences in double precision, good to about 1e-9. */
export function numericGradient(
  f: (blocks: readonly Block[]) => Block,
  blocks: readonly Block[],
  place: number,
  dy: Block,
): Block {
  const block = blocks[place];
  if (!block) throw new Error(`there is no block ${place}`);
  const moved = (index: number, step: number): number => {
    const values = block.values.slice();
    values[index] = (values[index] ?? Number.NaN) + step;
    const y = f(blocks.map((one, i) => (i === place ? { ...block, values } : one)));
    let sum = 0;
    for (let i = 0; i < y.values.length; i++) sum += (y.values[i] ?? Number.NaN) * (dy.values[i] ?? Number.NaN);
    return sum;
  };
  const gradient = zeros(block.shape);
  const step = 1e-5;
  block.values.forEach((_, index) => {
    gradient.values[index] = (moved(index, step) - moved(index, -step)) / (2 * step);
  });
  return gradient;
}
