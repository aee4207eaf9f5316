import type { Sizes, StatedLayer, StatedOperation, StatedPictures } from '../../stated-network.ts';
import type { Parameters } from './parameters.ts';

/** Names of V1LayerParameter's types as LayerParameter has them, by number, for layers that compute. */
export const v1Types: Readonly<Record<number, string>> = {
  1: 'Accuracy',
  3: 'Concat',
  4: 'Convolution',
  5: 'Data',
  6: 'Dropout',
  7: 'EuclideanLoss',
  8: 'Flatten',
  9: 'HDF5Data',
  10: 'HDF5Output',
  12: 'ImageData',
  13: 'InfogainLoss',
  14: 'InnerProduct',
  15: 'LRN',
  16: 'MultinomialLogisticLoss',
  17: 'Pooling',
  18: 'ReLU',
  19: 'Sigmoid',
  20: 'Softmax',
  21: 'SoftmaxWithLoss',
  22: 'Split',
  23: 'TanH',
  24: 'WindowData',
  27: 'SigmoidCrossEntropyLoss',
  28: 'HingeLoss',
  29: 'MemoryData',
  30: 'ArgMax',
  32: 'DummyData',
  36: 'Silence',
  37: 'ContrastiveLoss',
};

/** Numbers of the messages of parameters in LayerParameter, and in V1LayerParameter, by what they are for. */
export const parameterFields = [
  { kind: 'transform', 2: 36, 100: 100 },
  { kind: 'convolution', 2: 10, 100: 106 },
  { kind: 'innerProduct', 2: 17, 100: 117 },
  { kind: 'lrn', 2: 18, 100: 118 },
  { kind: 'pooling', 2: 19, 100: 121 },
  { kind: 'relu', 2: 30, 100: 123 },
] as const;

export type ParameterKind = (typeof parameterFields)[number]['kind'];

/** What feeds a network, measures it or does nothing outside training. */
const identityTypes =
  /^(?:.*Data|HDF5Output|Input|Accuracy|(?!SigmoidCrossEntropy).*Loss|Dropout|Split|Silence|Python)$/;

const activations: Readonly<Record<string, string>> = {
  TanH: 'tanh',
  Sigmoid: 'sigmoid',
  // A sigmoid is in the loss of a network that trains, and in front of it in none.
  SigmoidCrossEntropyLoss: 'sigmoid',
  Softmax: 'softmax',
  ArgMax: 'argmax',
  ELU: 'elu',
  PReLU: 'prelu',
};

/** Parameters of a layer that says none: the defaults of caffe.proto. */
const noParameters: Parameters = { number: (_, otherwise) => otherwise, numbers: () => [], text: () => undefined };

/** Height and width of a size that is said once for both, or for each. */
const sizes = (of: Parameters, both: number, height: number, width: number, otherwise: number): Sizes => {
  const [first = otherwise, second = first] = of.numbers(both);
  return [of.number(height, first), of.number(width, second)];
};

/** A kernel has no default: a layer without its parameters says nothing, as in files that hold blobs alone. */
function operation(type: string, find: (kind: ParameterKind) => Parameters | undefined): StatedOperation {
  const of = (kind: ParameterKind) => find(kind) ?? noParameters;
  switch (type) {
    case 'Convolution': {
      const p = find('convolution');
      if (!p) return { kind: 'conv' };
      const around = sizes(p, 3, 9, 10, 0);
      const [dilation = 1, across = dilation] = p.numbers(18);
      return {
        kind: 'conv',
        stride: sizes(p, 6, 13, 14, 1),
        padding: { before: around, after: around },
        dilation: [dilation, across],
        bias: p.number(2, 1) !== 0,
      };
    }
    case 'InnerProduct': {
      const p = of('innerProduct');
      return { kind: 'dense', bias: p.number(2, 1) !== 0, transposed: p.number(6, 0) !== 0 };
    }
    case 'LRN': {
      const p = of('lrn');
      return {
        kind: 'lrn',
        size: p.number(1, 5),
        alpha: p.number(2, 1),
        beta: p.number(3, 0.75),
        k: p.number(5, 1),
        region: p.number(4, 0) === 1 ? 'within-channel' : 'across-channels',
      };
    }
    case 'Pooling': {
      const p = find('pooling');
      if (!p) return { kind: 'unsaid' };
      const pool = p.number(1, 0);
      if (pool > 1) return { kind: 'other' };
      if (p.number(12, 0) !== 0) return { kind: 'globalPool', of: pool === 0 ? 'max' : 'average' };
      const around = sizes(p, 4, 9, 10, 0);
      return {
        kind: pool === 0 ? 'maxPool' : 'avgPool',
        size: sizes(p, 2, 5, 6, 1),
        stride: sizes(p, 3, 7, 8, 1),
        padding: { before: around, after: around },
        ceil: p.number(13, 0) === 0,
      };
    }
    case 'ReLU':
      return { kind: 'activation', function: of('relu').number(1, 0) === 0 ? 'relu' : 'leaky relu' };
    case 'Flatten':
      return { kind: 'flatten', order: 'CHW' };
    default: {
      const name = Object.hasOwn(activations, type) ? activations[type] : undefined;
      return name === undefined ? { kind: 'other' } : { kind: 'activation', function: name };
    }
  }
}

/** A layer that a caffemodel states; nothing for one that computes nothing. */
export function netLayer(
  name: string,
  type: string,
  find: (kind: ParameterKind) => Parameters | undefined,
  blobs: number,
): StatedLayer | undefined {
  if (type === '' || identityTypes.test(type)) return undefined;
  const tensors = {
    ...(blobs > 0 && { weight: `${name}.weight` }),
    ...(blobs > 1 && { bias: `${name}.bias` }),
  };
  return { ...operation(type, find), name, type, ...(blobs > 0 && { tensors }) };
}

/** Caffe reads pictures as blue, green, red from 0 to 255 (TransformationParameter). */
export function netPictures(transform: Parameters | undefined): StatedPictures {
  const mean = transform?.numbers(5) ?? [];
  const scale = transform?.number(1, 1) ?? 1;
  return { channels: 'bgr', ...(mean.length > 0 && { mean }), ...(scale !== 1 && { scale }) };
}
