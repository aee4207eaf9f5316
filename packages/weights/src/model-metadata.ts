import type * as tfl from '@tensorflow/tfjs-layers';
import { parseArray, parseString, ZooError } from '@zoo/core';
import { specOf } from '@zoo/layers/model';
import { type ModelSpec, parseSpec } from '@zoo/spec';
import type { TensorFile } from '@zoo/tensor-files';

/** The metadata of a file written by the zoo. */
export interface ModelMetadata {
  spec: ModelSpec;
  /** Names of the classes, in the order of the logits; empty if unknown. */
  labels: string[];
}

/** Where a file's texts have the spec, and the names of the classes. */
export const specKey = 'zoo.spec';
const labelsKey = 'zoo.labels';

/** As the texts that safetensors allows. */
export const metadataTexts = (model: tfl.LayersModel, labels: readonly string[]): Record<string, string> => ({
  format: 'pt',
  [specKey]: JSON.stringify(specOf(model)),
  [labelsKey]: JSON.stringify(labels),
});

/** Reads a text of a file's metadata as JSON. */
export function metadataJson(file: TensorFile, key: string): unknown {
  const text = file.metadata[key];
  if (text === undefined)
    throw new ZooError(
      'weights',
      `${file.name}: has no ${key} in its metadata, so it was not written by the zoo. Build the preset and use loadWeights().`,
    );
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ZooError('corrupt-file', `${file.name}: its metadata ${key} is no JSON. Write the file anew.`, {
      cause: error,
    });
  }
}

export const readMetadata = (file: TensorFile): ModelMetadata => ({
  spec: parseSpec(metadataJson(file, specKey), `${file.name}: ${specKey}`),
  labels:
    labelsKey in file.metadata
      ? parseArray(parseString)(metadataJson(file, labelsKey), `${file.name}: ${labelsKey}`)
      : [],
});
