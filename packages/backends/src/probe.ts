import * as tf from '@tensorflow/tfjs-core';
import { elements, ZooError } from '@zoo/core';
import { avgPool2d, groupedConv2d, localResponseNormalization, maxPool2d } from '@zoo/kernels';

/** Values without a pattern, the same on every machine. */
const testValues = (shape: [number, number, number, number], phase: number): tf.Tensor4D => {
  const size = elements(shape);
  return tf.tensor4d(
    Float32Array.from({ length: size }, (_, i) => Math.sin(phase + i * i * 0.37)),
    shape,
  );
};

/** A fingerprint of a tensor: a sum to which every element contributes by its index. */
const fingerprint = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value, i) => sum + value * Math.cos(i + 1), 0);

interface Probe {
  name: string;
  run: (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor;
  /** Fingerprints of the output and of the gradients of `x` and of `filter`, as the cpu backend computes them. */
  expected: readonly [number, number, number];
}

type Filter = 'whole' | 'halves';
const filters: Record<Filter, [number, number, number, number]> = { whole: [3, 3, 4, 4], halves: [3, 3, 2, 4] };

const onPictures = (op: (x: tf.Tensor4D) => tf.Tensor4D) => (x: tf.Tensor4D, filter: tf.Tensor4D) =>
  tf.mul(op(x), tf.sum(filter));

/** A mask like dropout's, at a rate of about a half. */
const mask = (): tf.Tensor4D => tf.mul(tf.cast(tf.greater(testValues([2, 6, 6, 4], 5), 0), 'float32'), 2);

export const probes: (Probe & { filter: Filter })[] = [
  {
    name: 'convolution',
    filter: 'whole',
    run: (x, filter) => groupedConv2d(x, filter, { padding: 1, stride: 2 }),
    expected: [-1.779042, -8.251899, 38.552501],
  },
  {
    name: 'grouped convolution',
    filter: 'halves',
    run: (x, filter) => groupedConv2d(x, filter, { padding: 1, groups: 2 }),
    expected: [-12.925435, 71.409384, 0.591129],
  },
  {
    name: 'response normalisation across channels',
    filter: 'whole',
    run: onPictures((x) =>
      localResponseNormalization(x, { size: 3, alpha: 0.5, beta: 0.75, k: 2, convention: 'caffe' }),
    ),
    expected: [20.923538, 185.454325, -2.8762],
  },
  {
    name: 'response normalisation within a channel',
    filter: 'whole',
    run: onPictures((x) =>
      localResponseNormalization(x, {
        size: 3,
        alpha: 0.5,
        beta: 0.75,
        k: 1,
        convention: 'caffe',
        region: 'within-channel',
      }),
    ),
    expected: [34.350717, 297.147478, -4.812805],
  },
  {
    name: 'maximum pool',
    filter: 'whole',
    run: onPictures((x) => maxPool2d(tf.sub(x, 2), { size: 3, stride: 2, ceil: true })),
    expected: [2.619422, -30.553154, 1.610803],
  },
  {
    name: 'average pool',
    filter: 'whole',
    run: onPictures((x) => avgPool2d(x, { size: 3, stride: 2, ceil: true })),
    expected: [-10.43959, 3.463641, 2.29412],
  },
  {
    name: 'dropout',
    filter: 'whole',
    run: onPictures((x) => tf.mul(x, mask())),
    expected: [9.524399, 356.308112, -5.372079],
  },
  {
    name: 'fully connected layer',
    filter: 'whole',
    run: (x, filter) => tf.relu(tf.matMul(tf.reshape(x, [8, 36]), tf.reshape(filter, [36, 4]))),
    expected: [-0.545654, 6.110828, -12.518609],
  },
];

/** Fingerprints of one probe on the backend in use. */
export async function fingerprints({ run, filter }: (typeof probes)[number]): Promise<number[]> {
  const tensors = tf.tidy(() => {
    const [x, taps] = [testValues([2, 6, 6, 4], 1), testValues(filters[filter], 2)];
    const both = (a: tf.Tensor, b: tf.Tensor) => run(tf.reshape(a, [2, 6, 6, 4]), tf.reshape(b, filters[filter]));
    const y = both(x, taps);
    // Computed by the host: WGSL promises little of its cosine.
    const dy = tf.tensor(
      Float32Array.from({ length: y.size }, (_, i) => Math.cos(i)),
      y.shape,
    );
    return [y, ...tf.grads(both)([x, taps], dy)];
  });
  try {
    const found: number[] = [];
    for (const tensor of tensors) found.push(fingerprint(await tensor.data()));
    return found;
  } finally {
    tf.dispose(tensors);
  }
}

const parts = ['output', 'input gradient', 'filter gradient'];

/** How far the results of one probe are from the stored ones. */
interface ProbeResult {
  op: string;
  /** Of output, input gradient and filter gradient, relative to the stored value. */
  errors: number[];
  /** What is wrong, where something is. */
  wrong?: string;
}

/** The largest relative error of a correct backend. */
const tolerance = 1e-4;

/** Computes every probe on the backend in use. */
export async function probeOps(): Promise<ProbeResult[]> {
  // Registers the gradients of tfjs's own ops.
  await import('@tensorflow/tfjs-layers');
  const results: ProbeResult[] = [];
  for (const { name: op, ...one } of probes) {
    const found = await fingerprints({ name: op, ...one });
    const errors = one.expected.map(
      (expected, part) => Math.abs((found[part] ?? Number.NaN) - expected) / (1 + Math.abs(expected)),
    );
    const bad = errors.findIndex((error) => !(error <= tolerance));
    results.push({
      op,
      errors,
      ...(bad >= 0 && { wrong: `${parts[bad]} ${found[bad]?.toFixed(4)} against ${one.expected[bad]?.toFixed(4)}` }),
    });
  }
  return results;
}

/**
 * Proves the backend in use.
 * @returns The largest difference from the stored values, relative to them.
 * @throws ZooError `backend` that names the first op whose result is wrong.
 */
export async function probe(): Promise<number> {
  const results = await probeOps();
  for (const { op, wrong } of results)
    if (wrong !== undefined)
      throw new ZooError('backend', `${tf.getBackend()}: ${op} computes wrongly, ${wrong}. Use another backend.`);
  return Math.max(...results.flatMap(({ errors }) => errors));
}
