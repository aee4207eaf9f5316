import { batchNorm, block, conv, dense, dropout, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';

/** The paper's widths, ungrouped, each convolution batch-normalised. 224 pixels without padding are 54, not 55: fc sees 5×5 maps. */
export const batchnorm: ModelSpec = {
  family: 'alexnet',
  preset: 'batchnorm',
  title: "The paper's widths with batch normalisation",
  source: 'A tutorial implementation in PyTorch, after "Writing AlexNet from Scratch in PyTorch" (Paperspace)',
  className: 'AlexNet',
  input: [224, 224, 3],
  classes: 3,
  preprocessing: { range: 1, mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.201], channels: 'rgb' },
  init: { weight: 'fan-in-uniform', bias: 'fan-in-uniform' },
  recipe: {
    source: '"Writing AlexNet from Scratch in PyTorch" (Paperspace)',
    examples: 50_000,
    epochs: 20,
    batchSize: 64,
    optimizer: { kind: 'sgd', learningRate: 0.005, momentum: 0.9, weightDecay: 0.005, convention: 'pytorch' },
    schedule: { kind: 'constant' },
    augment: [],
  },
  layers: [
    block('layer1', [
      conv(96, 11, { stride: 4 }), // 224 -> 54
      batchNorm(),
      relu(),
      maxPool(3, 2), // 54 -> 26
    ]),
    block('layer2', [
      conv(256, 5, { padding: 2 }),
      batchNorm(),
      relu(),
      maxPool(3, 2), // 26 -> 12
    ]),
    block('layer3', [conv(384, 3, { padding: 1 }), batchNorm(), relu()]),
    block('layer4', [conv(384, 3, { padding: 1 }), batchNorm(), relu()]),
    block('layer5', [
      conv(256, 3, { padding: 1 }),
      batchNorm(),
      relu(),
      maxPool(3, 2), // 12 -> 5
    ]),
    flatten({ name: 'flatten' }),
    block('fc', [dropout(0.5), dense(4096), relu()]),
    block('fc1', [dropout(0.5), dense(4096), relu()]),
    block('fc2', [dense('classes')]),
  ],
};
