import type { Layer, LrnConvention } from '@zoo/spec';

/** Settings that differ from their defaults, as `stride 4`. */
const settings = (...given: readonly (readonly [name: string, value: number, unset: number])[]): string[] =>
  given.filter(([, value, unset]) => value !== unset).map(([name, value]) => `${name} ${value}`);

const square = (size: number): string => `${size}×${size}`;

/** Whether alpha multiplies the sum of the squares, as in TensorFlow, or their mean. */
const conventions: Readonly<Record<LrnConvention, string>> = {
  tensorflow: 'TensorFlow',
  caffe: 'Caffe',
  pytorch: 'PyTorch',
};

/** A layer in words. */
export interface LayerText {
  /** `Convolution`. */
  kind: string;
  /** Its settings that differ from the defaults: `11×11, stride 4`. May be empty. */
  settings: string;
}

/** A layer in words: its kind and its settings. */
export function layerText(layer: Layer): LayerText {
  const text = (kind: string, ...parts: readonly string[]) => ({ kind, settings: parts.join(', ') });
  switch (layer.kind) {
    case 'conv': {
      const more = settings(['stride', layer.stride, 1], ['padding', layer.padding, 0], ['groups', layer.groups, 1]);
      if (layer.connections) more.push(`${layer.connections.flat().length} connections`);
      return text('Convolution', square(layer.kernel), ...more);
    }
    case 'maxPool':
    case 'avgPool': {
      const kind = layer.kind === 'maxPool' ? 'Max pool' : 'Average pool';
      const more = settings(['stride', layer.stride, 1], ['padding', layer.padding, 0]);
      return text(kind, square(layer.size), ...more, ...(layer.ceil ? ['rounded up'] : []));
    }
    case 'adaptiveAvgPool':
      return text('Adaptive average pool', `to ${square(layer.size)}`);
    case 'dense':
      return text('Dense');
    case 'relu':
      return text('ReLU');
    case 'tanh':
      return text('Tanh', ...settings(['amplitude', layer.amplitude, 1], ['gain', Number(layer.gain.toFixed(4)), 1]));
    case 'subsample':
      return text('Subsampling', square(layer.size), 'a weight and a bias a map');
    case 'rbf':
      return text('Radial basis functions', 'fixed codes');
    case 'lrn': {
      const window = layer.region === 'within-channel' ? square(layer.size) : `${layer.size} channels`;
      return text(
        'LRN',
        window,
        `α ${layer.alpha} as in ${conventions[layer.convention]}`,
        `β ${layer.beta}`,
        `k ${layer.k}`,
      );
    }
    case 'batchNorm':
      return text('Batch norm', `ε ${layer.epsilon}`, `momentum ${layer.momentum}`);
    case 'dropout':
      return text('Dropout', `${layer.rate}`);
    case 'flatten':
      return text('Flatten', ...(layer.call ? ['in forward()'] : []));
  }
}
