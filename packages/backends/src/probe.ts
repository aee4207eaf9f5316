import * as tf from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import { avgPool2d, groupedConv2d, localResponseNormalization, maxPool2d } from '@zoo/kernels';

/** Numbers without a pattern, the same on every machine. */
const wave = (shape: [number, number, number, number], phase: number): tf.Tensor4D => {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor4d(
    Float32Array.from({ length: size }, (_, i) => Math.sin(phase + i * i * 0.37)),
    shape,
  );
};

/** A tensor as one number, to which every element contributes by its place. */
const fingerprint = (x: tf.Tensor): number =>
  Array.from(x.dataSync()).reduce((sum, value, i) => sum + value * Math.cos(i + 1), 0);

interface Probe {
  name: string;
  run: (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor;
  /** Fingerprints of the output and of the gradients of `x` and of `filter`, as the cpu backend computes them. */
  expected: readonly [number, number, number];
}

const filters = { whole: [3, 3, 4, 4], halves: [3, 3, 2, 4] } satisfies Record<
  string,
  [number, number, number, number]
>;

const through = (op: (x: tf.Tensor4D) => tf.Tensor4D) => (x: tf.Tensor4D, filter: tf.Tensor4D) =>
  tf.mul(op(x), tf.sum(filter));

export const probes: (Probe & { filter: keyof typeof filters })[] = [
  {
    name: 'convolution',
    filter: 'whole',
    run: (x, filter) => groupedConv2d(x, filter, { padding: 1, stride: 2 }),
    expected: [-1.779, -8.2519, 38.5525],
  },
  {
    name: 'grouped convolution',
    filter: 'halves',
    run: (x, filter) => groupedConv2d(x, filter, { padding: 1, groups: 2 }),
    expected: [-12.9254, 71.4094, 0.5911],
  },
  {
    name: 'response normalisation across channels',
    filter: 'whole',
    run: through((x) => localResponseNormalization(x, { size: 3, alpha: 0.5, beta: 0.75, k: 2, convention: 'caffe' })),
    expected: [20.9235, 185.4543, -2.8762],
  },
  {
    name: 'response normalisation within a channel',
    filter: 'whole',
    run: through((x) =>
      localResponseNormalization(x, {
        size: 3,
        alpha: 0.5,
        beta: 0.75,
        k: 1,
        convention: 'caffe',
        region: 'within-channel',
      }),
    ),
    expected: [34.3507, 297.1475, -4.8128],
  },
  {
    name: 'maximum pool',
    filter: 'whole',
    run: through((x) => maxPool2d(tf.sub(x, 2), { size: 3, stride: 2, ceil: true })),
    expected: [2.6194, -30.5532, 1.6108],
  },
  {
    name: 'average pool',
    filter: 'whole',
    run: through((x) => avgPool2d(x, { size: 3, stride: 2, ceil: true })),
    expected: [-10.4396, 3.4636, 2.2941],
  },
];

/** Fingerprints of one probe on the backend in use. */
export function fingerprints({ run, filter }: (typeof probes)[number]): number[] {
  return tf.tidy(() => {
    const [x, taps] = [wave([2, 6, 6, 4], 1), wave(filters[filter], 2)];
    const both = (a: tf.Tensor, b: tf.Tensor) => run(tf.reshape(a, [2, 6, 6, 4]), tf.reshape(b, filters[filter]));
    const y = both(x, taps);
    const dy = tf.cos(tf.reshape(tf.range(0, y.size), y.shape));
    return [y, ...tf.grads(both)([x, taps], dy)].map(fingerprint);
  });
}

/**
 * Computes every probe on the backend in use.
 * @throws ZooError `backend` that names the first op whose result is wrong.
 */
export async function probe(): Promise<void> {
  // Registers the gradients of tfjs's own ops.
  await import('@tensorflow/tfjs-layers');
  for (const one of probes) {
    const found = fingerprints(one);
    one.expected.forEach((expected, part) => {
      const value = found[part] ?? Number.NaN;
      if (!(Math.abs(value - expected) <= 1e-3 * (1 + Math.abs(expected)))) {
        const what = ['output', 'input gradient', 'filter gradient'][part];
        throw new ZooError(
          'backend',
          `${tf.getBackend()}: ${one.name} computes wrongly, ${what} ${value.toFixed(4)} against ${expected.toFixed(4)}. Use another backend.`,
        );
      }
    });
  }
}
