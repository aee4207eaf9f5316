import type * as tfl from '@tensorflow/tfjs-layers';
import { specOf } from '@zoo/layers/model';
import { inferShapes } from '@zoo/spec';
import { onnxGraphBytes } from '@zoo/tensor-files/onnx';
import { metadataTexts } from '../model-metadata.ts';
import { modelTensors } from '../model-tensors.ts';
import { onnxLayer } from './onnx-layers.ts';

/** Options of `onnxBytes`. */
export interface OnnxOptions {
  /** Names of the classes, in the order of the logits. Default: none. */
  labels?: readonly string[];
}

/**
 * A model as an ONNX file, a tensor at a time: a graph that runtimes run as it is. `input` is `[batch, channels, height, width]`
 * in 32-bit floats, already preprocessed; `logits` is `[batch, classes]`. Operators of set 17; dropout is left out. The spec, the
 * labels and the preprocessing are texts of its metadata. Weights keep the names of the PyTorch original.
 *
 * @throws ZooError `spec` when the model was not built by the zoo.
 */
export async function* onnxBytes(
  model: tfl.LayersModel,
  { labels = [] }: OnnxOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const spec = specOf(model);
  const { layers } = inferShapes(spec);
  const working = layers.filter(({ layer }) => layer.kind !== 'dropout');
  const parts = working.map((layer, index) =>
    onnxLayer(layer, working[index - 1]?.path ?? 'input', index === working.length - 1 ? 'logits' : layer.path),
  );
  const [height, width, channels] = spec.input;
  const { format: _, ...texts } = metadataTexts(model, labels);
  yield* onnxGraphBytes({
    name: `${spec.family}/${spec.preset}`,
    nodes: parts.flatMap(({ nodes }) => nodes),
    tensors: [...modelTensors(model), ...parts.flatMap(({ tensors }) => tensors)],
    input: { name: 'input', shape: ['batch', channels, height, width] },
    output: { name: 'logits', shape: ['batch', spec.classes] },
    metadata: { ...texts, 'zoo.preprocessing': JSON.stringify(spec.preprocessing) },
  });
}
