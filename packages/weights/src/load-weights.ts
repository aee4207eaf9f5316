import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import type { WeightsSource } from './byte-source.ts';
import { toTfjs } from './layout.ts';
import { type LaidOutWeight, laidOutWeights } from './model-tensors.ts';
import { openTensors } from './open-tensors.ts';
import type { StoredTensor, TensorFile } from './tensor.ts';

/** What became of a file's tensors. */
export interface LoadReport {
  /** Names of the tensors that were loaded, in the order of the spec. */
  loaded: string[];
  /** Names of tensors in the file that the model has no place for. */
  unused: string[];
}

/** DataParallel of PyTorch puts `module.` in front of every name. */
const stored = (file: TensorFile, name: string): StoredTensor | undefined =>
  file.tensors.get(name) ?? file.tensors.get(`module.${name}`);

const equal = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

function advice(weight: LaidOutWeight, tensor: StoredTensor): string {
  const [classes] = tensor.shape;
  const isHead = weight.layer.layer.kind === 'dense' && weight.layer.layer.units === 'classes';
  return isHead && equal(weight.shape.slice(1), tensor.shape.slice(1))
    ? `The file is for ${classes} classes, the model for ${weight.shape[0]}: build it with classes: ${classes}.`
    : 'Build the model with the preset and options that the file was written with.';
}

function matched(weight: LaidOutWeight, file: TensorFile): StoredTensor {
  const tensor = stored(file, weight.name);
  if (!tensor) {
    const some = [...file.tensors.keys()].slice(0, 4).join(', ') || 'no tensors';
    throw new ZooError(
      'weights',
      `${file.name}: has no tensor ${weight.name}; it has ${some}, ... Choose the preset that the file was written for.`,
    );
  }
  if (!equal(tensor.shape, weight.shape))
    throw new ZooError(
      'weights',
      `${file.name}: ${weight.name} is [${tensor.shape}], but the model needs [${weight.shape}]. ${advice(weight, tensor)}`,
    );
  return tensor;
}

/** Fills a model from an open file. Every name and shape is checked before the first number changes. */
export async function fillModel(model: tfl.LayersModel, file: TensorFile): Promise<LoadReport> {
  const pairs = laidOutWeights(model).map((weight) => ({ weight, tensor: matched(weight, file) }));
  for (const { weight, tensor } of pairs) {
    const values = await tensor.read();
    const laidOut = weight.layout ? toTfjs(values, weight.layout) : values;
    tf.tidy(() => weight.variable.assign(tf.tensor(laidOut, weight.variable.shape)));
  }
  const used = new Set(pairs.map(({ tensor }) => tensor.name));
  return {
    loaded: pairs.map(({ weight }) => weight.name),
    unused: [...file.tensors.keys()].filter((name) => !used.has(name)),
  };
}

/**
 * Loads a checkpoint into a model that was built by the zoo: names and layouts are those of the PyTorch original
 * (`features.0.weight`, `[out, in, kH, kW]`), with or without `module.` in front.
 *
 * @throws ZooError `weights` when a tensor is missing or has another shape (the model is then unchanged),
 *   `corrupt-file`, `not-found` or `network` when the file cannot be read.
 */
export async function loadWeights(model: tfl.LayersModel, source: WeightsSource): Promise<LoadReport> {
  const file = await openTensors(source);
  try {
    return await fillModel(model, file);
  } finally {
    await file.close();
  }
}
