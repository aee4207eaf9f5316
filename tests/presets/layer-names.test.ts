import { alexnetFamily } from '@zoo/alexnet';
import { lenetFamily } from '@zoo/lenet';
import { inferShapes, layerNamed, nodeNamed, presetOf, shortLayerNames } from '@zoo/spec';
import { zfnetFamily } from '@zoo/zfnet';
import { describe, expect, it } from 'vitest';

const families = [alexnetFamily, zfnetFamily, lenetFamily];
const specs = families.flatMap(({ presets }) => Object.values(presets));
const preset = (name: string) => presetOf(name, families);
const pathOf = (name: string, layer: string) => layerNamed(preset(name), layer).path;

describe.each(specs.map((spec) => [`${spec.family}/${spec.preset}`, spec] as const))('the names of %s', (_, spec) => {
  const model = inferShapes(spec);
  const short = shortLayerNames(model);

  it('lead back to the layer that bears them', () => {
    for (const layer of model.layers) {
      expect(layerNamed(spec, layer.path).path).toBe(layer.path);
      const name = short.get(layer.path);
      if (name !== undefined) expect([name, layerNamed(spec, name).path]).toEqual([name, layer.path]);
    }
    expect(new Set(short.values()).size).toBe(short.size);
  });

  it("hold Caffe's, written in any way", () => {
    for (const { path, layer } of model.layers) {
      if (layer.caffe === undefined) continue;
      expect(short.get(path)).toBe(layer.caffe);
      expect(layerNamed(spec, layer.caffe.toUpperCase()).path).toBe(path);
    }
    expect(layerNamed(spec, 'logits').path).toBe(model.layers.at(-1)?.path);
  });

  it('hold those of every convolution and dense layer by its place', () => {
    const weighted = model.layers.filter(({ layer }) => layer.kind === 'conv' || layer.kind === 'dense');
    const convolutions = weighted.filter(({ layer }) => layer.kind === 'conv');
    for (const [index, { path, layer }] of weighted.entries()) {
      // Its blocks bear these names.
      if (spec.preset === 'single-tower' && layer.kind === 'conv') continue;
      const dense = index + 1 - (convolutions.length < 5 ? convolutions.length : 0);
      expect(layerNamed(spec, layer.kind === 'conv' ? `conv${index + 1}` : `fc${dense}`).path).toBe(path);
    }
  });
});

describe('a layer by its name', () => {
  it.each([
    ['alexnet/paper', 'conv1', 'features.0'],
    ['alexnet/paper', 'relu1', 'features.1'],
    ['alexnet/paper', 'norm1', 'features.2'],
    ['alexnet/paper', 'pool5', 'features.14'],
    ['alexnet/paper', 'fc7', 'classifier.3'],
    ['alexnet/paper', 'drop6', 'classifier.2'],
    ['alexnet/paper', 'classifier.6', 'classifier.6'],
    ['alexnet/paper', 'features', 'features.14'],
    ['alexnet/torchvision', 'conv5', 'features.10'],
    ['alexnet/torchvision', 'Conv_5', 'features.10'],
    ['alexnet/torchvision', 'fc6', 'classifier.1'],
    ['alexnet/torchvision', 'fc8', 'classifier.6'],
    ['alexnet/torchvision', 'fc1', 'classifier.1'],
    ['alexnet/torchvision', 'module.features.0', 'features.0'],
    ['alexnet/torchvision', 'avgpool', 'avgpool'],
    ['alexnet/xavier', 'features.3', 'net.3'],
    ['alexnet/xavier', 'classifier.6', 'net.20'],
    ['alexnet/xavier', 'fc6', 'net.14'],
    ['alexnet/cifar10-quick', 'ip1', 'classifier.0'],
    ['alexnet/cifar10-quick', 'fc1', 'classifier.0'],
    ['lenet/lenet-5', 'conv2', 'c3'],
    ['lenet/lenet-5', 'f6', 'f6'],
    ['lenet/modern', 'fc3', 'classifier.4'],
  ])('%s: %s is %s', (name, layer, path) => {
    expect(pathOf(name, layer)).toBe(path);
  });

  it("is the preset's own before anybody else's", () => {
    expect(nodeNamed(preset('alexnet/single-tower'), 'conv1')).toMatchObject({ kind: 'block', path: 'conv1' });
    expect(pathOf('alexnet/single-tower', 'conv1')).toBe('conv1.2');
  });

  it('is asked for again where several have it', () => {
    expect(() => pathOf('lenet/lenet-5', 'tanh1')).toThrow(
      'tanh1: is the name of several layers of lenet/lenet-5. Name one: c1_squash or s2_squash.',
    );
  });

  it('is guessed where it comes near, with all there are', () => {
    expect(() => pathOf('alexnet/paper', 'feature.0')).toThrow(
      'feature.0: alexnet/paper has no such layer; did you mean features.0? Layers: features.0, features.1,',
    );
    expect(() => pathOf('alexnet/paper', 'norm11')).toThrow('did you mean norm1?');
    expect(() => pathOf('alexnet/paper', 'attention_of_the_head')).toThrow('has no such layer. Layers: features.0');
  });
});
