import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { type AlexNetPreset, alexnet, presets } from '@zoo/alexnet';

export const presetNames = Object.keys(presets).filter((name): name is AlexNetPreset => Object.hasOwn(presets, name));

/** The smallest inputs on which every layer of a preset still has work. */
export const smallestSide = (name: AlexNetPreset): number => (name.startsWith('cifar10') ? 32 : 104);

/** A preset so small that every backend is done with it in a moment. */
export const smallModel = (name: AlexNetPreset, changes: { dropout?: number } = {}): tfl.LayersModel =>
  alexnet(name, { width: 1 / 32, classes: 4, inputSize: smallestSide(name), seed: 1, ...changes });

/** A model's file as one text: what `tfl.loadLayersModel` reads, whoever wrote it. */
export async function modelFile(model: tfl.LayersModel): Promise<string> {
  let text = '';
  const handler = tf.io.withSaveHandler(async ({ weightData, ...rest }) => {
    const bytes = new Uint8Array(await new Blob([weightData ?? []].flat()).arrayBuffer());
    text = JSON.stringify({
      ...rest,
      weightData: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    });
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  });
  await model.save(handler);
  return text;
}

export function loadModelFile(text: string): Promise<tfl.LayersModel> {
  const { weightData, ...rest }: { weightData: string } = JSON.parse(text);
  const bytes = Uint8Array.from({ length: weightData.length / 2 }, (_, i) =>
    Number.parseInt(weightData.slice(2 * i, 2 * i + 2), 16),
  );
  return tfl.loadLayersModel(tf.io.fromMemory({ ...rest, weightData: bytes.buffer }));
}
