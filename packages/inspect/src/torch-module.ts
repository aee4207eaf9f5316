import { alphaOnMean, type Layer, type Lrn, passesThrough, type ShapedLayer, type Tanh } from '@zoo/spec';
import { pythonFloat } from './python-number.ts';

/** The module that stands for a layer in PyTorch, as `print` shows it. */
export interface TorchModule {
  /** `Conv2d`. */
  type: string;
  /** The text in parentheses: `3, 96, kernel_size=(11, 11), stride=(4, 4)`. */
  details: string;
}

const pair = (size: number): string => `(${size}, ${size})`;

/** PyTorch's alpha. Scaling leaves rounding errors in the last digits: 15 digits identify any value. */
export const torchAlpha = (layer: Lrn): string => pythonFloat(Number(alphaOnMean(layer).toPrecision(15)));

/** What `nn.Tanh` computes. */
export const isPlainTanh = ({ amplitude, gain }: Tanh): boolean => amplitude === 1 && gain === 1;

const module = (type: string, ...details: readonly string[]): TorchModule => ({ type, details: details.join(', ') });

function describe(layer: Layer, inputChannels: number, outputChannels: number): TorchModule {
  switch (layer.kind) {
    case 'conv':
      return module(
        layer.connections ? 'PartialConv2d' : 'Conv2d',
        `${inputChannels}`,
        `${outputChannels}`,
        `kernel_size=${pair(layer.kernel)}`,
        `stride=${pair(layer.stride)}`,
        ...(layer.padding === 0 ? [] : [`padding=${pair(layer.padding)}`]),
        ...(layer.groups === 1 ? [] : [`groups=${layer.groups}`]),
        ...(layer.connections ? [`connections=${layer.connections.flat().length}`] : []),
      );
    case 'dense':
      return module('Linear', `in_features=${inputChannels}`, `out_features=${outputChannels}`, 'bias=True');
    case 'relu':
      return module('ReLU', 'inplace=True');
    case 'tanh':
      return isPlainTanh(layer)
        ? module('Tanh')
        : module('ScaledTanh', `amplitude=${pythonFloat(layer.amplitude)}`, `gain=${pythonFloat(layer.gain)}`);
    case 'subsample':
      return module('Subsample', `${inputChannels}`, `size=${layer.size}`);
    case 'rbf':
      return module('EuclideanRBF', `in_features=${inputChannels}`, `out_features=${outputChannels}`);
    case 'lrn':
      if (passesThrough(layer)) return module('Identity');
      return module(
        layer.region === 'within-channel' ? 'WithinChannelLRN' : 'LocalResponseNorm',
        `${layer.size}`,
        `alpha=${torchAlpha(layer)}`,
        `beta=${pythonFloat(layer.beta)}`,
        // k is usually written as an integer.
        `k=${Number.isInteger(layer.k) ? layer.k : pythonFloat(layer.k)}`,
      );
    case 'maxPool':
      return module(
        'MaxPool2d',
        `kernel_size=${layer.size}`,
        `stride=${layer.stride}`,
        `padding=${layer.padding}`,
        'dilation=1',
        `ceil_mode=${layer.ceil ? 'True' : 'False'}`,
      );
    case 'avgPool':
      return module('AvgPool2d', `kernel_size=${layer.size}`, `stride=${layer.stride}`, `padding=${layer.padding}`);
    case 'adaptiveAvgPool':
      return module('AdaptiveAvgPool2d', `output_size=${pair(layer.size)}`);
    case 'batchNorm':
      return module(
        'BatchNorm2d',
        `${inputChannels}`,
        `eps=${pythonFloat(layer.epsilon)}`,
        `momentum=${pythonFloat(layer.momentum)}`,
        'affine=True',
        'bias=True',
        'track_running_stats=True',
      );
    case 'dropout':
      return module('Dropout', `p=${pythonFloat(layer.rate)}`, 'inplace=False');
    case 'flatten':
      return module('Flatten', 'start_dim=1', 'end_dim=-1');
  }
}

/** How PyTorch 2 names and prints a layer. Layers that it lacks print as modules of `torchClasses`. */
export const torchModule = ({ layer, input, output }: ShapedLayer): TorchModule =>
  describe(layer, input.at(-1) ?? 0, output.at(-1) ?? 0);
