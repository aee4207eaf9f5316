import { random } from '@zoo/core';
import { describe, expect, it } from 'vitest';
import { copy, reordered } from './copy.ts';
import { permuted, reversed, splitAxis, type View, viewOf } from './view.ts';

const counted = (length: number) => Float32Array.from({ length }, (_, i) => i);

/** The walk, step by step, as its definition has it. */
function walked(values: Float32Array, { sizes, strides, offset }: View): number[] {
  const places = sizes.reduce(
    (all, size, axis) =>
      all.flatMap((place) => Array.from({ length: size }, (_, i) => place + i * (strides[axis] ?? 0))),
    [offset],
  );
  return places.map((place) => values[place] ?? Number.NaN);
}

describe('a view', () => {
  it('permutes, takes apart and reverses axes', () => {
    expect([...reordered(counted(6), permuted(viewOf([2, 3]), [1, 0]))]).toEqual([0, 3, 1, 4, 2, 5]);
    expect([...reordered(counted(6), reversed(viewOf([2, 3]), 1))]).toEqual([2, 1, 0, 5, 4, 3]);
    expect([...reordered(counted(4), permuted(splitAxis(viewOf([1, 4]), 1, [2, 2]), [2, 1, 0]))]).toEqual([0, 2, 1, 3]);
    expect([...reordered(counted(1), viewOf([]))]).toEqual([0]);
    expect([...reordered(new Float32Array(), permuted(viewOf([0, 3]), [1, 0]))]).toEqual([]);
  });

  it('is copied as it is walked, whatever its sizes and order', () => {
    const { integer, permutation, uniform } = random(7);
    for (let round = 0; round < 200; round++) {
      const sizes = Array.from({ length: 1 + integer(4) }, () => 1 + integer(round % 10 === 0 ? 20 : 6));
      const values = counted(sizes.reduce((product, size) => product * size, 1));
      let view = permuted(viewOf(sizes), [...permutation(sizes.length)]);
      if (uniform() < 0.3) view = reversed(view, integer(sizes.length));
      expect(Array.from(reordered(values, view)), JSON.stringify(view)).toEqual(walked(values, view));
    }
  });

  it('goes back where it came from', () => {
    const view = permuted(viewOf([40, 3, 5, 7]), [2, 3, 1, 0]);
    const there = reordered(counted(40 * 3 * 5 * 7), view);
    const back = new Float32Array(there.length);
    copy(there, viewOf(view.sizes), back, { ...view });
    expect(back).toEqual(counted(back.length));
  });
});
