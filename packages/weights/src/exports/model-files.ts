import type * as tfl from '@tensorflow/tfjs-layers';
import { type FileToWrite, formats, writtenFormat } from '@zoo/tensor-files';
import { metadataTexts } from '../model-metadata.ts';
import { stateDict } from '../model-tensors.ts';
import { onnxBytes } from './onnx-bytes.ts';
import type { SaveOptions } from './save-options.ts';
import { tfjsModel } from './tfjs-model.ts';

type WriteModel = (model: tfl.LayersModel, file: string, options: Required<SaveOptions>) => Promise<FileToWrite[]>;

/** Formats, by their names in the table of `@zoo/tensor-files`, that take a model's graph beside its tensors. */
const graphWriters: Readonly<Record<string, WriteModel>> = {
  tfjs: async (...args) => tfjsModel(...args),
  onnx: async (model, path, { labels }) => [{ path, bytes: () => onnxBytes(model, { labels }) }],
};

/** Formats that a model can be written in: those with a graph, and those that take its state dict. */
const writable = formats.flatMap((format) => {
  const { name, files } = format;
  const stateDictFiles: WriteModel | undefined =
    files &&
    ((model, file, { labels, tensors, metadata }) =>
      files(file, [...stateDict(model), ...tensors], { ...metadataTexts(model, labels), ...metadata }));
  const write = graphWriters[name] ?? stateDictFiles;
  return write ? [{ ...format, write }] : [];
});

/** Endings of the files that can be written. */
export const writableEndings = (): string[] => writable.map(({ endings }) => endings[0] ?? '');

/**
 * A model as files of the format that the ending of `file` names, their bytes a tensor at a time. Most formats are one file;
 * `.json` is TensorFlow.js's, with shards beside it.
 *
 * @throws ZooError `usage` for another ending.
 */
export const modelFiles = async (
  model: tfl.LayersModel,
  file: string,
  { labels = [], tensors = [], metadata = {} }: SaveOptions = {},
): Promise<FileToWrite[]> => writtenFormat(file, writable).write(model, file, { labels, tensors, metadata });
