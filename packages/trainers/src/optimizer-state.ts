import * as tf from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import type { ModelWeight } from '@zoo/layers/model';
import { type ChangedMultipliers, isWeighted, type ModelSpec, type Multipliers, type Optimizer } from '@zoo/spec';
import type { NamedTensor, TensorFile } from '@zoo/weights';
import { type Averages, disposeAverages, startAverages } from './ema.ts';
import type { Updater } from './optimizers/updater.ts';
import { updaterOf } from './optimizers/updater-of.ts';

/** A weight that is trained, with its optimiser slots. */
interface Learned {
  weight: ModelWeight;
  slots: tf.Variable[];
  multipliers: { learningRate: number; weightDecay: number };
}

/** An optimiser with its state for a model's weights. Its slots are freed by `disposeOptimizer`. */
export interface OptimizerState {
  updater: Updater;
  learned: readonly Learned[];
  /** Of the network. */
  classes: number;
  /** Where they are kept. */
  averages?: Averages;
}

/** What an optimiser does beyond its rule. */
export interface OptimizerOptions {
  /** Decay of the average of the weights; 0 for none. */
  ema?: number;
  /** In place of those of the network. */
  multipliers?: ChangedMultipliers;
}

const shared: Multipliers = { learningRate: { weight: 1, bias: 1 }, weightDecay: { weight: 1, bias: 1 } };

function multipliersOf(
  { layer: { layer }, role }: ModelWeight,
  spec: ModelSpec,
  asked: ChangedMultipliers | undefined,
): Learned['multipliers'] {
  const own = isWeighted(layer) ? layer.multipliers : undefined;
  const { learningRate, weightDecay } = own ?? spec.multipliers ?? shared;
  const part = role === 'bias' ? 'bias' : 'weight';
  return {
    learningRate: asked?.learningRate?.[part] ?? learningRate[part],
    weightDecay: asked?.weightDecay?.[part] ?? weightDecay[part],
  };
}

/** An optimiser that has not made a step yet. */
export function startOptimizer(
  optimizer: Optimizer,
  weights: readonly ModelWeight[],
  spec: ModelSpec,
  { ema = 0, multipliers }: OptimizerOptions = {},
): OptimizerState {
  const updater = updaterOf(optimizer);
  const learned = weights.map((weight) => ({
    weight,
    slots: updater.slots.map(() => tf.tidy(() => tf.variable(tf.zerosLike(weight.variable), false))),
    multipliers: multipliersOf(weight, spec, multipliers),
  }));
  return { updater, learned, classes: spec.classes, ...(ema > 0 && { averages: startAverages(ema, weights) }) };
}

/** Changes every weight by its gradient. */
export function applyGradients(
  { updater, learned }: OptimizerState,
  gradients: tf.NamedTensorMap,
  rates: { learningRate: number; weightDecay: number; step: number },
): void {
  for (const { weight, slots, multipliers } of learned) {
    const gradient = gradients[weight.variable.name];
    if (!gradient) throw new Error(`${weight.name} has no gradient`);
    tf.tidy(() =>
      updater.update(weight.variable, gradient, slots, {
        learningRate: rates.learningRate * multipliers.learningRate,
        weightDecay: rates.weightDecay * multipliers.weightDecay,
        step: rates.step,
      }),
    );
  }
}

const slotName = (slot: string, weight: ModelWeight): string => `optimizer.${slot}.${weight.name}`;

/** The slots as tensors of a checkpoint, in the layout of the model's variables, since only the zoo reads them. */
export const optimizerTensors = ({ updater, learned }: OptimizerState): NamedTensor[] =>
  learned.flatMap(({ weight, slots }) =>
    slots.map((slot, index) => ({
      name: slotName(updater.slots[index] ?? '', weight),
      shape: slot.shape,
      data: async () => Float32Array.from(await slot.data()),
    })),
  );

/** Fills the slots from a checkpoint. */
export async function restoreOptimizer({ updater, learned }: OptimizerState, file: TensorFile): Promise<void> {
  for (const { weight, slots } of learned)
    for (const [index, slot] of slots.entries()) {
      const name = slotName(updater.slots[index] ?? '', weight);
      const stored = file.tensors.get(name);
      if (!stored || String(stored.shape) !== String(slot.shape))
        throw new ZooError(
          'weights',
          `${file.name}: ${name} is [${stored?.shape ?? 'missing'}], expected [${slot.shape}]. Resume with the optimiser and preset that wrote it.`,
        );
      const values = await stored.read();
      tf.tidy(() => slot.assign(tf.tensor(values, slot.shape)));
    }
}

export function disposeOptimizer({ learned, averages }: OptimizerState): void {
  for (const { slots } of learned) tf.dispose(slots);
  if (averages) disposeAverages(averages);
}
