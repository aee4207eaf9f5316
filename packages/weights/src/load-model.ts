import type * as tfl from '@tensorflow/tfjs-layers';
import { type OpenOptions, openTensors, type TensorSource } from '@zoo/tensor-files';
import { fillModel } from './load-weights.ts';
import { readMetadata } from './model-metadata.ts';
import { requireFit } from './require-fit.ts';

/** A model with the names of its classes. */
export interface LoadedModel {
  model: tfl.LayersModel;
  /** Names of the classes, in the order of the logits; empty if unknown. */
  labels: string[];
}

/**
 * Builds and fills the model that a file written by `saveWeights` holds.
 *
 * @param options How an address is fetched, checked and kept, as of `loadWeights`.
 * @throws ZooError `weights` when the file does not say what it is, otherwise as `loadWeights`.
 */
export async function loadModel(source: TensorSource, options: OpenOptions = {}): Promise<LoadedModel> {
  const file = await openTensors(source, options);
  try {
    const { spec, labels } = readMetadata(file);
    requireFit(spec, file);
    // Only now: a page is there before tfjs-layers, its largest part, has come.
    const { buildModel } = await import('@zoo/layers/build');
    const model = buildModel(spec, { initialize: false });
    try {
      await fillModel(model, file);
    } catch (error) {
      model.dispose();
      throw error;
    }
    return { model, labels };
  } finally {
    await file.close();
  }
}
