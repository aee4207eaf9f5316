import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import type { FileToWrite, NamedTensor } from '@zoo/tensor-files';
import { formats } from '@zoo/tensor-files';
import { metadataTexts } from '../model-metadata.ts';
import { stateDict } from '../model-tensors.ts';
import { onnxBytes } from './onnx-bytes.ts';
import { tfjsModel } from './tfjs-model.ts';

/** What goes into the file besides the model's tensors. */
export interface SaveOptions {
  /** Names of the classes, in the order of the logits. Default: none. */
  labels?: readonly string[];
  /** More tensors, such as an optimiser's state. Default: none. */
  tensors?: readonly NamedTensor[];
  /** More texts. Default: none. */
  metadata?: Readonly<Record<string, string>>;
}

/** Endings of the files that can be written. */
export const writableEndings = (): string[] => [
  ...formats.flatMap(({ files, endings }) => (files ? [endings[0] ?? ''] : [])),
  '.onnx',
];

/**
 * A model as files of the format that the ending of `file` names, their bytes a tensor at a time. Most formats are one file;
 * `.json` is TensorFlow.js's, with shards beside it.
 *
 * @throws ZooError `usage` for another ending.
 */
export function modelFiles(
  model: tfl.LayersModel,
  file: string,
  { labels = [], tensors = [], metadata = {} }: SaveOptions = {},
): FileToWrite[] {
  const name = file.toLowerCase();
  if (name.endsWith('.json')) return tfjsModel(model, file, { labels, tensors, metadata });
  if (name.endsWith('.onnx')) return [{ path: file, bytes: () => onnxBytes(model, { labels }) }];
  const format = formats.find(({ files, endings }) => files && endings.some((ending) => name.endsWith(ending)));
  if (!format?.files)
    throw new ZooError(
      'usage',
      `${file}: has no ending that says how weights are to be written. Give it one of ${writableEndings().join(', ')}.`,
    );
  return format.files(file, [...stateDict(model), ...tensors], { ...metadataTexts(model, labels), ...metadata });
}
