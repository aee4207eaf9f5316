import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** A layer of tf.layers, and an input that it takes. */
export interface CommonLayer {
  make: () => tfl.layers.Layer;
  input: readonly number[];
  /** Inputs are whole numbers below this, such as words. */
  words?: number;
}

const image = [8, 8, 4] as const;
const sequence = [6, 4] as const;

/** The layers of tf.layers that networks are made of, each with few units. */
export const commonLayers: Readonly<Record<string, CommonLayer>> = {
  dense: { make: () => tfl.layers.dense({ units: 3 }), input: [5] },
  conv1d: { make: () => tfl.layers.conv1d({ filters: 3, kernelSize: 3 }), input: sequence },
  conv2d: { make: () => tfl.layers.conv2d({ filters: 3, kernelSize: 3 }), input: image },
  'conv2d, strides 2, same': {
    make: () => tfl.layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
    input: image,
  },
  'conv2d, dilationRate 2': {
    make: () => tfl.layers.conv2d({ filters: 3, kernelSize: 3, dilationRate: 2 }),
    input: image,
  },
  conv2dTranspose: {
    make: () => tfl.layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2 }),
    input: image,
  },
  depthwiseConv2d: { make: () => tfl.layers.depthwiseConv2d({ kernelSize: 3 }), input: image },
  'depthwiseConv2d, strides 2, same, depthMultiplier 2': {
    make: () => tfl.layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: 'same', depthMultiplier: 2 }),
    input: image,
  },
  separableConv2d: { make: () => tfl.layers.separableConv2d({ filters: 3, kernelSize: 3 }), input: image },
  conv3d: { make: () => tfl.layers.conv3d({ filters: 2, kernelSize: 2 }), input: [4, 4, 4, 2] },
  maxPooling1d: { make: () => tfl.layers.maxPooling1d({ poolSize: 2 }), input: sequence },
  averagePooling1d: { make: () => tfl.layers.averagePooling1d({ poolSize: 2 }), input: sequence },
  maxPooling2d: { make: () => tfl.layers.maxPooling2d({ poolSize: 2 }), input: image },
  averagePooling2d: { make: () => tfl.layers.averagePooling2d({ poolSize: 2 }), input: image },
  maxPooling3d: { make: () => tfl.layers.maxPooling3d({ poolSize: 2 }), input: [4, 4, 4, 2] },
  averagePooling3d: { make: () => tfl.layers.averagePooling3d({ poolSize: 2 }), input: [4, 4, 4, 2] },
  globalAveragePooling2d: { make: () => tfl.layers.globalAveragePooling2d({}), input: image },
  globalMaxPooling2d: { make: () => tfl.layers.globalMaxPooling2d({}), input: image },
  batchNormalization: { make: () => tfl.layers.batchNormalization(), input: image },
  layerNormalization: { make: () => tfl.layers.layerNormalization(), input: [5] },
  dropout: { make: () => tfl.layers.dropout({ rate: 0.5, seed: 1 }), input: [5] },
  spatialDropout1d: { make: () => tfl.layers.spatialDropout1d({ rate: 0.5, seed: 1 }), input: sequence },
  embedding: { make: () => tfl.layers.embedding({ inputDim: 10, outputDim: 4 }), input: [6], words: 10 },
  simpleRNN: { make: () => tfl.layers.simpleRNN({ units: 3, recurrentInitializer: 'glorotUniform' }), input: sequence },
  lstm: { make: () => tfl.layers.lstm({ units: 3, recurrentInitializer: 'glorotUniform' }), input: sequence },
  gru: { make: () => tfl.layers.gru({ units: 3, recurrentInitializer: 'glorotUniform' }), input: sequence },
  bidirectional: {
    make: () =>
      tfl.layers.bidirectional({ layer: tfl.layers.lstm({ units: 3, recurrentInitializer: 'glorotUniform' }) }),
    input: sequence,
  },
  convLstm2d: {
    make: () => tfl.layers.convLstm2d({ filters: 2, kernelSize: 3, recurrentInitializer: 'glorotUniform' }),
    input: [3, 6, 6, 2],
  },
  'upSampling2d, bilinear': {
    make: () => tfl.layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }),
    input: image,
  },
  zeroPadding2d: {
    make: () =>
      tfl.layers.zeroPadding2d({
        padding: [
          [1, 1],
          [1, 1],
        ],
      }),
    input: image,
  },
  cropping2D: {
    make: () =>
      tfl.layers.cropping2D({
        cropping: [
          [1, 1],
          [1, 1],
        ],
      }),
    input: image,
  },
  permute: { make: () => tfl.layers.permute({ dims: [2, 1] }), input: sequence },
  ...Object.fromEntries(
    (
      [
        'relu',
        'relu6',
        'sigmoid',
        'tanh',
        'softmax',
        'elu',
        'selu',
        'softplus',
        'softsign',
        'hardSigmoid',
        'swish',
        'mish',
        'gelu',
      ] as const
    ).map((activation) => [
      `activation ${activation}`,
      { make: () => tfl.layers.activation({ activation }), input: [5] },
    ]),
  ),
  leakyReLU: { make: () => tfl.layers.leakyReLU(), input: [5] },
  prelu: { make: () => tfl.layers.prelu(), input: [5] },
};

const waves = (shape: readonly number[]): Float32Array =>
  Float32Array.from({ length: shape.reduce((product, length) => product * length, 1) }, (_, i) => Math.sin(1 + i * i));

/** Trains the layer for two steps behind what needs its gradient, and gives back all weights. */
export async function weightsAfterTraining({ make, input, words }: CommonLayer): Promise<number[]> {
  const shape = [4, ...input];
  const model = tfl.sequential();
  // The layer's own input has a gradient too, unless it is words.
  if (words === undefined)
    model.add(tfl.layers.dense({ units: input.at(-1) ?? 1, inputShape: [...input], name: 'before' }));
  else model.add(tfl.layers.inputLayer({ inputShape: [...input] }));
  model.add(make());
  if (model.output instanceof tfl.SymbolicTensor && model.output.shape.length > 2) model.add(tfl.layers.flatten());
  model.add(tfl.layers.dense({ units: 2, name: 'after' }));
  for (const layer of model.layers)
    layer.setWeights(layer.getWeights().map((w) => tf.mul(tf.tensor(waves(w.shape), w.shape), 0.3)));
  for (const layer of model.layers)
    if (/norm/i.test(layer.name)) layer.setWeights(layer.getWeights().map((w) => tf.add(tf.abs(w), 0.5)));
  // Small steps: large ones would blow up what rounding differs by.
  model.compile({ optimizer: tf.train.sgd(1e-3), loss: 'meanSquaredError' });
  const values = waves(shape);
  const x = tf.tensor(words === undefined ? values : values.map((v) => Math.floor(Math.abs(v) * words * 0.99)), shape);
  const y = tf.tensor(waves([4, 2]), [4, 2]);
  for (let step = 0; step < 2; step++) await model.trainOnBatch(x, y);
  const all: number[] = [];
  for (const weight of model.getWeights()) all.push(...(await weight.data()));
  tf.dispose([x, y]);
  model.dispose();
  return all;
}
