import { block, conv, dense, dropout, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';

/** One `Sequential` of the paper's widths, ungrouped, with Xavier's initial values, trained on CIFAR-10 enlarged to 227. */
export const xavier: ModelSpec = {
  family: 'alexnet',
  preset: 'xavier',
  title: "The paper's widths, ungrouped, Xavier-uniform initial values",
  source: 'A tutorial implementation in PyTorch (65.6 % on CIFAR-10 after 10 epochs, as printed there)',
  className: 'AlexNet',
  input: [227, 227, 3],
  classes: 10,
  preprocessing: { range: 1, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], channels: 'rgb' },
  init: { weight: 'xavier-uniform', bias: 0 },
  recipe: {
    source: 'The tutorial: Adam at 0.001, batches of 64, 10 epochs',
    examples: 50_000,
    epochs: 10,
    batchSize: 64,
    optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
    schedule: { kind: 'constant' },
    augment: [],
  },
  layers: [
    block('net', [
      conv(96, 11, { stride: 4, padding: 1 }), // 227 -> 55
      relu(),
      maxPool(3, 2), // 55 -> 27
      conv(256, 5, { padding: 2 }),
      relu(),
      maxPool(3, 2), // 27 -> 13
      conv(384, 3, { padding: 1 }),
      relu(),
      conv(384, 3, { padding: 1 }),
      relu(),
      conv(256, 3, { padding: 1 }),
      relu(),
      maxPool(3, 2), // 13 -> 6
      flatten(),
      dense(4096),
      relu(),
      dropout(0.5),
      dense(4096),
      relu(),
      dropout(0.5),
      dense('classes'),
    ]),
  ],
};
