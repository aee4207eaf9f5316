import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { registerLayers } from '../register-layers.ts';

const asJson = (value: object | undefined): Record<string, unknown> => JSON.parse(JSON.stringify(value ?? {}));

/** A model as it comes back from a file: nothing but JSON and bytes survives. */
export async function saveAndLoad(model: tfl.LayersModel): Promise<tfl.LayersModel> {
  registerLayers();
  let saved: tf.io.ModelArtifacts | undefined;
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  });
  await model.save(handler);
  if (!saved) throw new Error('nothing was saved');
  const { modelTopology, userDefinedMetadata, ...rest } = saved;
  return tfl.loadLayersModel(
    tf.io.fromMemory({
      ...rest,
      modelTopology: asJson(typeof modelTopology === 'object' ? modelTopology : undefined),
      userDefinedMetadata: asJson(userDefinedMetadata),
    }),
  );
}
