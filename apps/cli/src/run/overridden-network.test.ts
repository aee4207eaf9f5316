import { fileURLToPath } from 'node:url';
import { inferShapes, type ModelSpec } from '@zoo/spec';
import { smallSpecs } from '@zoo/testing/small-spec';
import { openTensors } from '@zoo/weights';
import { describe, expect, it } from 'vitest';
import { type NetworkOverrides, overriddenNetwork } from './overridden-network.ts';

const fixture = fileURLToPath(new URL('../../../../packages/weights/fixtures/v2.caffemodel', import.meta.url));

/** A network for ImageNet's pictures, whose LRN has other numbers than the file's. */
const spec: ModelSpec = {
  ...smallSpecs.lrn,
  preprocessing: { range: 255, mean: [123.68, 116.779, 103.939], std: [1, 1, 1], channels: 'rgb' },
};

async function said(of: NetworkOverrides, network = spec) {
  const file = await openTensors(fixture);
  try {
    return overriddenNetwork(network, { ...file, name: 'v2.caffemodel' }, of);
  } finally {
    await file.close();
  }
}

describe('the network of a caffemodel', () => {
  it('has its normalisation and its colours, and a note says so', async () => {
    const { spec: stated, note } = await said({});
    const lrn = inferShapes(stated).layers.find(({ layer }) => layer.kind === 'lrn')?.layer;
    expect(lrn).toMatchObject({ size: 3, alpha: 0.5, beta: 0.75, k: 1, convention: 'caffe' });
    expect(stated.preprocessing).toMatchObject({ channels: 'bgr', range: 255, mean: [104, 117, 123], std: [1, 1, 1] });
    expect(note).toBe(
      'v2.caffemodel: takes from the file the parameters of features.norm, and pictures in blue, green, red',
    );
  });

  it('has the colours that the command line says, and their means', async () => {
    const { spec: stated } = await said({ colours: 'rgb' });
    expect(stated.preprocessing).toMatchObject({ channels: 'rgb', mean: [123, 117, 104] });
  });

  it('is not that of other numbers than the file has', async () => {
    await expect(said({ saysLrn: true })).rejects.toThrow(
      '--lrn: v2.caffemodel says otherwise of its normalisation. Leave --lrn out.',
    );
  });

  it('sees colours only where it has three channels', async () => {
    await expect(said({ colours: 'bgr' }, { ...spec, input: [8, 8, 1] })).rejects.toThrow(
      '--colours: the network sees 1 channels, not 3. Leave --colours out.',
    );
  });
});
