import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import {
  laidOutWeights,
  type NamedTensor,
  openTensors,
  type TensorFile,
  type TensorSource,
  toTfjs,
  toTorch,
} from '@zoo/weights';

/** Averages of a model's learned weights, in the order of their names. */
export interface Averages {
  decay: number;
  /** By the names of the weights, in the layout of the model's variables. */
  variables: ReadonlyMap<string, tf.Variable>;
}

/** Averages that begin with the weights as they are. They are freed by `disposeAverages`. */
export const startAverages = (
  decay: number,
  learned: readonly { name: string; variable: tf.Variable }[],
): Averages => ({
  decay,
  variables: new Map(
    learned.map(({ name, variable }) => [name, tf.tidy(() => tf.variable(tf.clone(variable), false))]),
  ),
});

/**
 * `average ← decay·average + (1−decay)·w`, as PyTorch's `get_ema_multi_avg_fn`; after the first step the average is the weights, as in its
 * AveragedModel.
 *
 * @param step Steps so far, this one included.
 */
export function updateAverages(
  { decay, variables }: Averages,
  learned: readonly { name: string; variable: tf.Variable }[],
  step: number,
): void {
  tf.tidy(() => {
    for (const { name, variable } of learned) {
      const average = variables.get(name);
      if (!average) throw new Error(`${name} has no average`);
      average.assign(step === 1 ? tf.clone(variable) : tf.add(average, tf.mul(tf.sub(variable, average), 1 - decay)));
    }
  });
}

/** Runs work on a model that has the averages in place of its weights, which it has again afterwards. */
export async function withAverages<T>(
  model: tfl.LayersModel,
  { variables }: Averages,
  work: () => Promise<T>,
): Promise<T> {
  const own = laidOutWeights(model).flatMap(({ name, variable }) => {
    const average = variables.get(name);
    return average ? [{ variable, average, before: tf.clone(variable) }] : [];
  });
  tf.tidy(() => {
    for (const { variable, average } of own) variable.assign(tf.clone(average));
  });
  try {
    return await work();
  } finally {
    for (const { variable, before } of own) {
      tf.tidy(() => variable.assign(tf.clone(before)));
      before.dispose();
    }
  }
}

const nameIn = (name: string): string => `ema.${name}`;

/** The averages as tensors of a checkpoint: `ema.NAME`, in PyTorch's layout, as the weights themselves. */
export const averageTensors = (model: tfl.LayersModel, { variables }: Averages): NamedTensor[] =>
  laidOutWeights(model).flatMap(({ name, shape, layout }) => {
    const average = variables.get(name);
    if (!average) return [];
    const data = async () => {
      const values = Float32Array.from(await average.data());
      return layout ? toTorch(values, layout) : values;
    };
    return [{ name: nameIn(name), shape, data }];
  });

/** Fills variables with the averages of a checkpoint. */
async function readAverages(
  model: tfl.LayersModel,
  file: TensorFile,
  variableOf: (name: string, own: tf.Variable) => tf.Variable | undefined,
): Promise<number> {
  let count = 0;
  for (const { name, shape, layout, variable } of laidOutWeights(model)) {
    const into = variableOf(name, variable);
    const stored = file.tensors.get(nameIn(name));
    if (!into) continue;
    if (!stored || String(stored.shape) !== String(shape))
      throw new ZooError(
        'weights',
        `${file.name}: ${nameIn(name)} is [${stored?.shape ?? 'missing'}], expected [${shape}]. Resume with the ema and preset that wrote it.`,
      );
    const values = await stored.read();
    tf.tidy(() => into.assign(tf.tensor(layout ? toTfjs(values, layout) : values, into.shape)));
    count += 1;
  }
  return count;
}

/** Restores averages from a checkpoint. */
export const restoreAverages = async (
  model: tfl.LayersModel,
  { variables }: Averages,
  file: TensorFile,
): Promise<void> => void (await readAverages(model, file, (name) => variables.get(name)));

/**
 * Gives a model the averaged weights of a checkpoint that `train` wrote with `ema`. Weights that were not trained stay as they are.
 *
 * @throws ZooError `weights` for a checkpoint without averages, or of another network.
 */
export async function loadAverages(model: tfl.LayersModel, checkpoint: TensorSource): Promise<void> {
  const file = await openTensors(checkpoint);
  try {
    const count = await readAverages(model, file, (name, own) => (file.tensors.has(nameIn(name)) ? own : undefined));
    if (count === 0)
      throw new ZooError(
        'weights',
        `${file.name}: has no averaged weights. Name a checkpoint that was trained with ema.`,
      );
  } finally {
    await file.close();
  }
}

export function disposeAverages({ variables }: Averages): void {
  tf.dispose([...variables.values()]);
}
