import type { FlattenOrder, Sizes, StatedOperation, StatedPadding } from '../../stated-network.ts';

type Config = Readonly<Record<string, unknown>>;

/** A layer of a model, those of models inside it one behind the other. */
export interface KerasLayer {
  className: string;
  config: Config;
  /** Classes of the models that it lies in, with their places among those of the same class: `sequential`, `functional_1`. */
  inside: readonly string[];
}

const isObject = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What Keras 1 called the numbers of a layer, and what its later versions do. */
const keras1Names: Readonly<Record<string, string>> = {
  subsample: 'strides',
  border_mode: 'padding',
  atrous_rate: 'dilation_rate',
  bias: 'use_bias',
};
const formerOrders: Readonly<Record<string, string>> = { th: 'channels_first', tf: 'channels_last' };

/** The numbers of a layer by the names that they have since Keras 2. */
const renamed = (config: Config): Config => ({
  ...Object.fromEntries(Object.entries(config).map(([key, value]) => [keras1Names[key] ?? key, value])),
  ...(config.dim_ordering !== undefined && { data_format: formerOrders[textOf(config.dim_ordering)] }),
});

const models = ['Sequential', 'Functional', 'Model'];
/** How deep models may lie in models. */
const maxDepth = 8;

/** `Conv2D` as Keras 3 writes it in the paths of weights: keras/src/utils/naming.py. */
const snakeCase = (name: string): string =>
  name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** The layers of a model's configuration, in its order; Keras 2, Keras 3 and TensorFlow.js write it alike. */
export function kerasLayers(model: unknown, inside: readonly string[] = []): KerasLayer[] {
  if (!isObject(model) || inside.length > maxDepth) return [];
  const { config } = model;
  const list = Array.isArray(config) ? config : isObject(config) ? config.layers : undefined;
  if (!Array.isArray(list)) return [];
  const seen = new Map<string, number>();
  return list.filter(isObject).flatMap((layer): KerasLayer[] => {
    const className = textOf(layer.class_name);
    const own = isObject(layer.config) ? renamed(layer.config) : {};
    if (!models.includes(className)) return [{ className, config: own, inside }];
    const name = snakeCase(className);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return kerasLayers(layer, [...inside, count === 0 ? name : `${name}_${count}`]);
  });
}

function pairOf(value: unknown, otherwise: Sizes): Sizes {
  if (typeof value === 'number') return [value, value];
  const [height, width = height] = Array.isArray(value) ? value : [];
  return typeof height === 'number' && typeof width === 'number' ? [height, width] : otherwise;
}

/** Zeros of a ZeroPadding2D, `[[top, bottom], [left, right]]`, `[height, width]` or one number. */
function zerosOf(value: unknown): { before: Sizes; after: Sizes } {
  const [height, width] = Array.isArray(value) ? value : [value, value];
  const [top, bottom] = pairOf(height, [1, 1]);
  const [left, right] = pairOf(width, [1, 1]);
  return { before: [top, left], after: [bottom, right] };
}

const paddingOf = (config: Config, zeros: { before: Sizes; after: Sizes } | undefined): StatedPadding => {
  const stated = textOf(config.padding).toLowerCase();
  return zeros && stated !== 'same' ? zeros : stated === 'same' ? 'same' : 'valid';
};

/** What is not there when a network does not train, or does nothing but mark its input. */
const identityClasses =
  /^(?:InputLayer|Dropout|AlphaDropout|SpatialDropout2D|Gaussian(?:Noise|Dropout)|ActivityRegularization|Random(?!Crop)\w+|Identity)$/;

/** Keras has no local response normalisation: models bring a Lambda or a class of their own, whose numbers are not said. */
const ownLrn = /lrn|local_?response/i;

const isPlain = (config: Config, ...keys: string[]): boolean => keys.every((key) => !config[key]);

const reluOf = (config: Config): string =>
  isPlain(config, 'max_value', 'negative_slope', 'threshold') ? 'relu' : 'relu of other limits';

/** Stated activations by their names: what does nothing is left out. A layer may stand there in place of a name. */
function activation(config: Config): StatedOperation[] {
  const { activation: value } = config;
  const stated = isObject(value) ? textOf(value.class_name) : textOf(value);
  const isRelu = stated === 'ReLU' && isObject(value);
  const name = isRelu ? reluOf(isObject(value.config) ? value.config : {}) : stated.toLowerCase();
  return name === '' || name === 'linear' ? [] : [{ kind: 'activation', function: name.replace(/_/g, ' ') }];
}

/** Whether a layer of a class leaves the numbers of a network that does not train as they are. */
export const passes = (className: string): boolean => identityClasses.test(className);

/** The order of the axes that a flattening goes through, of which the last is the fastest. */
function flattenOrder(order: string, config: Config): FlattenOrder {
  // `channels_first` takes the first axis to the end before it flattens.
  const first = /^channels_?first$/i.test(textOf(config.data_format ?? config.dataFormat));
  const seen = first ? `${order.slice(1)}${order.slice(0, 1)}` : order;
  return seen === 'CHW' || seen === 'HWC' ? seen : 'other';
}

/**
 * Walks over the layers, those left out that say what is done to pictures; what it keeps says in what order the axes of the
 * maps are, and which zeros wait for the next layer.
 */
export function kerasOperations(
  layers: readonly KerasLayer[],
  ofPictures: ReadonlySet<KerasLayer>,
): { layer: KerasLayer; operations: StatedOperation[] }[] {
  let order = 'HWC';
  let zeros: { before: Sizes; after: Sizes } | undefined;
  const setOrder = (config: Config) => {
    order = /^channels_?first$/i.test(textOf(config.data_format)) ? 'CHW' : 'HWC';
  };
  const operations = (layer: KerasLayer): StatedOperation[] => {
    const { className, config } = layer;
    if (ofPictures.has(layer)) return [];
    const waiting = zeros;
    if (!identityClasses.test(className)) zeros = undefined;
    switch (className) {
      case 'Conv2D':
      case 'Convolution2D':
        setOrder(config);
        return [
          {
            kind: 'conv',
            stride: pairOf(config.strides, [1, 1]),
            padding: paddingOf(config, waiting),
            dilation: pairOf(config.dilation_rate, [1, 1]),
            bias: config.use_bias !== false,
          },
          ...activation(config),
        ];
      case 'Dense':
        return [{ kind: 'dense', bias: config.use_bias !== false }, ...activation(config)];
      case 'MaxPooling2D':
      case 'AveragePooling2D': {
        setOrder(config);
        const size = pairOf(config.pool_size, [2, 2]);
        const padding = paddingOf(config, waiting);
        const kind = className === 'MaxPooling2D' ? 'maxPool' : 'avgPool';
        return [{ kind, size, stride: pairOf(config.strides, size), padding, ceil: false }];
      }
      case 'GlobalAveragePooling2D':
      case 'GlobalMaxPooling2D':
        return [{ kind: 'globalPool', of: className === 'GlobalMaxPooling2D' ? 'max' : 'average' }];
      case 'BatchNormalization':
      case 'BatchNormalizationV1':
      case 'BatchNormalizationV2': {
        const axis = Number(Array.isArray(config.axis) ? config.axis[0] : (config.axis ?? -1));
        const { epsilon = 1e-3, momentum = 0.99 } = config;
        return [
          {
            kind: 'batchNorm',
            epsilon: Number(epsilon),
            momentum: Number(momentum),
            scale: config.scale !== false,
            center: config.center !== false,
            ofChannels: order[(axis < 0 ? axis + 4 : axis) - 1] === 'C',
          },
        ];
      }
      case 'ZeroPadding2D':
        zeros = zerosOf(config.padding);
        return waiting ? [{ kind: 'unsaid' }] : [];
      case 'Permute': {
        const dims = Array.isArray(config.dims) ? config.dims : [];
        order = dims.map((axis) => order[Number(axis) - 1] ?? '?').join('');
        return [];
      }
      case 'Flatten':
        return [{ kind: 'flatten', order: flattenOrder(order, config) }];
      case 'Reshape': {
        const shape = config.target_shape ?? config.targetShape;
        const isRow = Array.isArray(shape) && shape.length === 1;
        return [isRow ? { kind: 'flatten', order: flattenOrder(order, {}) } : { kind: 'unsaid' }];
      }
      case 'Activation':
        return activation(config);
      case 'ReLU':
        return [{ kind: 'activation', function: reluOf(config) }];
      case 'LeakyReLU':
      case 'PReLU':
      case 'ELU':
      case 'Softmax':
        return [{ kind: 'activation', function: snakeCase(className).replace(/_/g, ' ') }];
      case 'Rescaling':
      case 'Normalization':
        // Those in front are of pictures.
        return [{ kind: 'normalization' }];
      default:
        if (identityClasses.test(className)) return [];
        return [{ kind: ownLrn.test(`${className} ${textOf(config.name)}`) ? 'unsaid' : 'other' }];
    }
  };
  return layers.map((layer) => ({ layer, operations: operations(layer) }));
}

/** The path of each layer's weights in a `.weights.h5`, which Keras 3 names by class and place: `layers/conv2d_1/vars`. */
export function keras3Paths(layers: readonly KerasLayer[]): string[] {
  const seen = new Map<string, number>();
  return layers.map(({ className, inside }) => {
    const folder = [...inside, ''].map((one) => `layers/${one}`).join('/');
    const key = `${folder}${snakeCase(className)}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return `${count === 0 ? key : `${key}_${count}`}/vars`;
  });
}
