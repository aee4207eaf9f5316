import { adaptiveAvgPool, block, conv, dense, dropout, flatten, type ModelSpec, maxPool, relu } from '@zoo/spec';

/** TODO: title of the paper (authors, venue, year), and the section or the figure that this table is. */
export const __name__: ModelSpec = {
  family: '__file__',
  preset: '__file__',
  title: 'TODO: what it is, in a line',
  source: 'TODO: paper, venue, year',
  className: '__Name__',
  input: [32, 32, 3],
  classes: 10,
  // Pixels are (pixel · range / 255 − mean) / std.
  preprocessing: { range: 1, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], channels: 'rgb' },
  init: { weight: 'fan-in-uniform', bias: 'fan-in-uniform' },
  recipe: {
    source: 'TODO: section of the paper',
    epochs: 10,
    batchSize: 64,
    optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
    schedule: { kind: 'cosine', warmup: 0.05 },
    augment: [],
  },
  layers: [
    block('features', [
      conv(16, 3, { padding: 1 }),
      relu(),
      maxPool(2, 2),
      conv(32, 3, { padding: 1 }),
      relu(),
      adaptiveAvgPool(4),
    ]),
    flatten({ call: true }),
    block('classifier', [dense(64), relu(), dropout(0.5), dense('classes')]),
  ],
};
