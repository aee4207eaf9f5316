import { dense, dropout, flatten, inferShapes, type ModelSpec, relu } from '@zoo/spec';
import { describe, expect, it } from 'vitest';
import { presets } from '../../alexnet/src/presets.ts';
import { toTfjs, toTorch, weightLayout } from './layout.ts';

/** The layout of each dense layer behind maps of two rows, three columns and four channels. */
function denseLayouts(...layers: ModelSpec['layers']) {
  const shaped = inferShapes({ ...presets['cifar10-quick'], input: [2, 3, 4], layers });
  return shaped.layers.flatMap((layer) => (layer.layer.kind === 'dense' ? [weightLayout(shaped, layer)] : []));
}

const behindMaps = (out: number) => ({ torchAxes: [out, 4, 2, 3], order: [0, 2, 3, 1] });

describe('the layout of dense layers', () => {
  it('takes maps apart behind a flatten, and nothing behind another dense layer', () => {
    const head = dense('classes');
    expect(denseLayouts(flatten(), dense(5), relu(), head)).toEqual([behindMaps(5), undefined]);
    expect(denseLayouts(flatten({ call: true }), dropout(0.5), head)).toEqual([behindMaps(10)]);
  });

  it('is that of maps also when the vector is flattened again', () => {
    expect(denseLayouts(flatten(), flatten(), relu(), dense('classes'))).toEqual([behindMaps(10)]);
    expect(denseLayouts(flatten(), dense(5), flatten(), dense('classes'))).toEqual([behindMaps(5), undefined]);
  });

  it('turns rows over C, H, W into rows over H, W, C, and back', () => {
    const layout = { torchAxes: [2, 2, 1, 2], order: [0, 2, 3, 1] };
    const [torch, tfjs] = [Float32Array.of(0, 1, 10, 11, 100, 101, 110, 111), [0, 10, 1, 11, 100, 110, 101, 111]];
    expect([...toTfjs(torch, layout)]).toEqual(tfjs);
    expect(toTorch(Float32Array.from(tfjs), layout)).toEqual(torch);
  });
});
