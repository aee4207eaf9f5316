import { block, conv, dense, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';

/** What tutorials call LeNet: the sizes of LeNet-5 with ReLU, max pools, whole connections and a dense output (61,706 parameters). */
export const modern: ModelSpec = {
  family: 'lenet',
  preset: 'modern',
  title: 'The LeNet of tutorials: ReLU, max pools, a dense output',
  source: 'After LeCun et al. 1998; PyTorch, "Training a classifier" and "Neural networks" tutorials',
  className: 'LeNet',
  input: [28, 28, 1],
  classes: 10,
  preprocessing: { range: 1, mean: [0.1307], std: [0.3081], channels: 'rgb' },
  init: { weight: 'fan-in-uniform', bias: 'fan-in-uniform' },
  recipe: {
    source: 'Found here',
    examples: 60_000,
    epochs: 10,
    batchSize: 64,
    optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
    schedule: { kind: 'cosine', warmup: 0.05 },
    augment: [],
  },
  layers: [
    block('features', [
      conv(6, 5, { padding: 2 }), // 28
      relu(),
      maxPool(2, 2), // 28 -> 14
      conv(16, 5), // 14 -> 10
      relu(),
      maxPool(2, 2), // 10 -> 5
    ]),
    flatten({ call: true }),
    block('classifier', [dense(120), relu(), dense(84), relu(), dense('classes')]),
  ],
};
