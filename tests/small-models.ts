import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { buildModel } from '@zoo/layers';
import { configure, type ModelSpec, presetOf } from '@zoo/spec';
import { allPresets, families } from '../apps/cli/src/families.ts';

/** `alexnet/paper`. */
export const presetNames = allPresets.map(({ family, preset }) => `${family}/${preset}`);

export const specNamed = (name: string): ModelSpec => presetOf(name, families);

/** Whether a preset stands for all those that have its layers, in other sizes. */
export const hasLayersOfItsOwn = (name: string): boolean =>
  /paper|torchvision|batchnorm|cifar10-full|zfnet|lenet-5/.test(name);

/** The smallest inputs on which every layer of a preset still has work. */
export const minSide = ({ input: [side] }: ModelSpec): number => Math.min(side, 104);

/** A preset so small that every backend is done with it in a moment. LeNets are so as they are. */
export function smallModel(name: string, changes: { dropout?: number } = {}): tfl.LayersModel {
  const spec = specNamed(name);
  const width = spec.family === 'lenet' ? 1 : 1 / 32;
  const small = configure(spec, { width, classes: 4, inputSize: minSide(spec), ...changes });
  return buildModel(small, { seed: 1 });
}

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
