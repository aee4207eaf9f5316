import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { specOf } from '@zoo/layers';
import { inferShapes } from '@zoo/spec';
import { openTensors, type StoredTensor } from '@zoo/weights';
import { presetName } from '../families.ts';

/** The difference between a layer's outputs and the reference values of the source framework. */
export interface ParityRow {
  layer: string;
  /** Largest difference. */
  error: number;
  /** Largest of the expected values. */
  largest: number;
  /** Their quotient. */
  relative: number;
}

function compare(layer: string, ours: ArrayLike<number>, theirs: Float32Array): ParityRow {
  let [error, largest] = [0, 0];
  for (const [index, wanted] of theirs.entries()) {
    // Math.max, unlike a comparison, keeps a NaN once it has met one.
    largest = Math.max(largest, Math.abs(wanted));
    error = Math.max(error, Math.abs((ours[index] ?? Number.NaN) - wanted));
  }
  return { layer, error, largest, relative: largest === 0 ? error : error / largest };
}

/**
 * Runs a network on the tensor `input` of a file, `[batch, channels, height, width]` and preprocessed, and compares its layers'
 * outputs with the file's tensors of their names, and the last one's with `logits`; channels first, as PyTorch and Caffe have them.
 *
 * @throws ZooError `data` when the file has no such input, or an output of no layer or another size.
 */
export async function parity(model: tfl.LayersModel, file: string): Promise<ParityRow[]> {
  const spec = specOf(model);
  const { layers } = inferShapes(spec);
  const [height, width, channels] = spec.input;
  const expected = await openTensors(file);
  try {
    const input = expected.tensors.get('input');
    const [batch = 0, ...sizes] = input?.shape ?? [];
    if (!input || batch < 1 || String(sizes) !== String([channels, height, width]))
      throw new ZooError(
        'data',
        `${file}: its input is [${input?.shape ?? 'missing'}], expected [batch,${channels},${height},${width}]. Save it under the name input.`,
      );
    const last = layers.at(-1)?.path;
    const outputs = [...expected.tensors.values()].flatMap((tensor): { tensor: StoredTensor; path: string }[] => {
      if (tensor.name === 'input') return [];
      const path = tensor.name === 'logits' ? last : tensor.name;
      const layer = layers.find((one) => one.path === path);
      if (!layer)
        throw new ZooError(
          'data',
          `${file}: ${tensor.name} is no layer of ${presetName(spec)}. Name outputs as layers: ${layers
            .slice(0, 3)
            .map((one) => one.path)
            .join(', ')}, ... or logits.`,
        );
      const [h, w, c] = layer.output;
      const wanted = layer.output.length === 3 ? [batch, c, h, w] : [batch, h];
      if (String(tensor.shape) !== String(wanted))
        throw new ZooError(
          'data',
          `${file}: ${tensor.name} is [${tensor.shape}], expected [${wanted}]. Save what the layer gives for this input.`,
        );
      return [{ tensor, path: layer.path }];
    });
    if (outputs.length === 0)
      throw new ZooError('data', `${file}: holds an input and no output to compare. Save logits beside it.`);
    const pixels = await input.read();
    const order = layers.map((one) => one.path);
    const rows: ParityRow[] = [];
    for (const { tensor, path } of outputs.toSorted((a, b) => order.indexOf(a.path) - order.indexOf(b.path))) {
      const theirs = await tensor.read();
      const part = tfl.model({ inputs: model.inputs, outputs: model.getLayer(path).getOutputAt(0) });
      const output = tf.tidy(() => {
        const given = part.predict(tf.transpose(tf.tensor4d(pixels, [batch, channels, height, width]), [0, 2, 3, 1]));
        if (Array.isArray(given)) throw new Error('one output expected');
        return given.rank === 4 ? tf.transpose(given, [0, 3, 1, 2]) : given;
      });
      const ours = Float32Array.from(output.dataSync());
      output.dispose();
      rows.push(compare(tensor.name, ours, theirs));
    }
    return rows;
  } finally {
    await expected.close();
  }
}

/** A larger relative error is not rounding, not even of 8-bit weights: those reach 0.007. */
const tolerance = 0.01;

/**
 * @param check The file of expected values.
 * @param out The output file, for the message: it stays, since weights of few bits may differ for good reason.
 * @throws ZooError `data` where a layer differs by more than rounding, or gives no number.
 */
export function requireParity(rows: readonly ParityRow[], check = '', out = ''): void {
  // NaN must count as a difference.
  const differing = rows.filter(({ relative }) => !(relative <= tolerance));
  const [first] = differing;
  if (!first) return;
  throw new ZooError(
    'data',
    `--check ${check}: ${differing.length} of ${rows.length} outputs differ by more than ${tolerance} of their largest value, ` +
      `${first.layer} first, by ${first.relative.toExponential(2)}. ${out} is written all the same: find out why before you use it, ` +
      'such as by --model, or by outputs of more layers in the file.',
  );
}
