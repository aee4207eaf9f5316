import type * as tfl from '@tensorflow/tfjs-layers';
import { writeFiles } from '@zoo/tensor-files';
import { safetensorsBytes } from '@zoo/tensor-files/safetensors';
import { modelFiles } from './exports/model-files.ts';
import type { SaveOptions } from './exports/save-options.ts';
import { metadataTexts } from './model-metadata.ts';
import { stateDict } from './model-tensors.ts';

/** A model as the bytes of a safetensors file, a tensor at a time. */
export const modelBytes = (
  model: tfl.LayersModel,
  { labels = [], tensors = [], metadata = {} }: SaveOptions = {},
): AsyncGenerator<Uint8Array> =>
  safetensorsBytes([...stateDict(model), ...tensors], { ...metadataTexts(model, labels), ...metadata });

/**
 * Writes a model, whole or not at all, in the format that the file's ending names: `.safetensors`, `.pth`, `.npz`, `.json`
 * (TensorFlow.js), `.onnx`. Names and layouts are the PyTorch original's, which loads the first two with `strict=True`. The spec
 * and the labels travel along where the format has a place for texts, for `loadModel`. Node only: in a browser, make a Blob of
 * `modelBytes`.
 *
 * @returns The files that were written: one, but for `.json`.
 * @throws ZooError `usage` for another ending, `disk` when a file cannot be written, `not-finite` for a weight with NaN; one that was there before is then still whole.
 */
export async function saveWeights(model: tfl.LayersModel, file: string, options: SaveOptions = {}): Promise<string[]> {
  return writeFiles(await modelFiles(model, file, options));
}
