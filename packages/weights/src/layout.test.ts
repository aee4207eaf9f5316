import { presets } from '@zoo/alexnet';
import { conv, dense, flatten, inferShapes } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { toTfjs, toTorch, weightLayout } from './layout.ts';

describe('the layout of weights', () => {
  it("is another than PyTorch's for convolutions, and for nothing else", () => {
    const layers = [conv(4, 3), flatten({ call: true }), dense(5), dense('classes')];
    const shaped = inferShapes({ ...presets['cifar10-quick'], input: [5, 5, 2], layers });
    expect(shaped.layers.map(weightLayout)).toEqual([
      { torchAxes: [4, 2, 3, 3], order: [2, 3, 1, 0] },
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('turns filters from OIHW to HWIO, and back', () => {
    const layout = { torchAxes: [2, 2, 1, 2], order: [2, 3, 1, 0] };
    const torch = Float32Array.of(0, 1, 10, 11, 100, 101, 110, 111);
    const tfjs = Float32Array.of(0, 100, 10, 110, 1, 101, 11, 111);
    expect(toTfjs(torch, layout)).toEqual(tfjs);
    expect(toTorch(tfjs, layout)).toEqual(torch);
  });
});
