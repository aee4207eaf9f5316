import type * as tfl from '@tensorflow/tfjs-layers';
import { modelWeights, specOf } from '@zoo/layers/model';
import type { FileToWrite, NamedTensor } from '@zoo/tensor-files';
import { tfjsFiles } from '@zoo/tensor-files/tfjs';
import { finiteValues } from '../model-tensors.ts';
import type { SaveOptions } from './save-options.ts';

/**
 * A model as `model.save` of tf.layers writes it: topology, weights under the names and in the layout of its variables, and the
 * spec. `tf.loadLayersModel` reads it where `@zoo/layers` is imported, whose classes it names.
 */
export function tfjsModel(
  model: tfl.LayersModel,
  file: string,
  { labels = [], tensors = [], metadata = {} }: SaveOptions,
): FileToWrite[] {
  const variables = modelWeights(model).map(
    ({ variable, variableName }): NamedTensor => ({
      name: variableName,
      shape: variable.shape,
      data: () => finiteValues(variable, variableName),
    }),
  );
  return tfjsFiles(
    file,
    [...variables, ...tensors],
    { zoo: specOf(model), 'zoo.labels': JSON.stringify(labels), ...metadata },
    { format: 'layers-model', modelTopology: model.toJSON(null, false) },
  );
}
