import type * as tfl from '@tensorflow/tfjs-layers';
import { safetensorsBytes } from './codecs/safetensors.ts';
import { metadataTexts } from './model-metadata.ts';
import { modelTensors } from './model-tensors.ts';
import type { NamedTensor } from './tensor.ts';

/** What goes into the file besides the model's tensors. */
export interface SaveOptions {
  /** Names of the classes, in the order of the logits. Default: none. */
  labels?: readonly string[];
  /** More tensors, such as an optimiser's state. Default: none. */
  tensors?: readonly NamedTensor[];
  /** More texts. Default: none. */
  metadata?: Readonly<Record<string, string>>;
}

/** A model as the bytes of a safetensors file, a tensor at a time. */
export const modelBytes = (
  model: tfl.LayersModel,
  { labels = [], tensors = [], metadata = {} }: SaveOptions = {},
): AsyncGenerator<Uint8Array> =>
  safetensorsBytes([...modelTensors(model), ...tensors], { ...metadataTexts(model, labels), ...metadata });

/**
 * Writes a model as safetensors, whole or not at all. PyTorch reads it with `safetensors.torch.load_file`;
 * names and layouts are the original's. The spec and the labels travel in the metadata, for `loadModel`. Node only:
 * in a browser, make a Blob of `modelBytes`.
 *
 * @throws ZooError `disk` when the file cannot be written; a file that was there before is then still whole.
 */
export async function saveWeights(model: tfl.LayersModel, file: string, options: SaveOptions = {}): Promise<void> {
  const { writeFileAtomically } = await import('@zoo/core/files');
  await writeFileAtomically(file, modelBytes(model, options));
}
