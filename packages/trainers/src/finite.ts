import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { allFinite, ZooError } from '@zoo/core';
import { sumElements } from '@zoo/kernels';
import { modelWeights, specOf } from '@zoo/layers/model';
import type { Optimizer } from '@zoo/spec';
import { divergenceCauses } from './divergence-causes.ts';
import type { OptimizerState } from './optimizer-state.ts';

interface NamedVariable {
  name: string;
  variable: tf.Variable;
}

/**
 * The first of these that holds NaN or infinity. Sums are computed where the variables are, and a number each is read: nothing of
 * their size is copied, unless a sum is not finite, which that of very large numbers is not either.
 */
async function firstBroken(variables: readonly NamedVariable[]): Promise<string | undefined> {
  const sums = variables.map(({ variable }) => sumElements(variable));
  try {
    const values = await Promise.all(sums.map((sum) => sum.data()));
    const suspects = variables.filter((_, index) => !allFinite(values[index] ?? []));
    for (const { name, variable } of suspects) if (!allFinite(await variable.data())) return name;
    return undefined;
  } finally {
    tf.dispose(sums);
  }
}

/** The first weight of a model that is not finite. */
const brokenWeight = (model: tfl.LayersModel): Promise<string | undefined> => firstBroken(modelWeights(model));

/** The first weight of a model, or slot of its optimiser, that is not finite. */
export const brokenTensor = async (
  model: tfl.LayersModel,
  { learned, updater }: OptimizerState,
): Promise<string | undefined> =>
  (await brokenWeight(model)) ??
  firstBroken(
    learned.flatMap(({ weight, slots }) =>
      slots.map((variable, index) => ({ name: `the optimiser's ${updater.slots[index]} of ${weight.name}`, variable })),
    ),
  );

/**
 * @param values What a model gives for pictures.
 * @param what Names them in the message: `probabilities`.
 * @throws ZooError `not-finite`, naming the weight that is broken, where there is NaN or infinity.
 */
export async function requireFiniteOutput(model: tfl.LayersModel, values: Float32Array, what: string): Promise<void> {
  if (allFinite(values)) return;
  const { family, preset } = specOf(model);
  const weight = await brokenWeight(model);
  const why = weight ? `its weight ${weight} is not finite` : 'its weights are so large that its layers overflow';
  throw new ZooError(
    'not-finite',
    `${family}/${preset}: gives ${values.find((value) => !Number.isFinite(value))} in place of ${what}: ${why}. Its training has diverged.`,
    { remedy: 'Load an earlier checkpoint, or train again with a lower learning rate.' },
  );
}

/** The position of the training when a value was no longer finite. */
interface Divergence {
  /** Such as `the loss is NaN`. */
  what: string;
  epoch: number;
  /** Of that epoch, from 1. */
  step: number;
  learningRate: number;
  optimizer: Optimizer;
  /** That of the network's recipe. */
  known: Optimizer;
  /** File of the last checkpoint, where there is one. */
  checkpoint: string | undefined;
}

/** `0.05` for 0.5: a rate that a person would type. */
const reducedRate = (rate: number): number => Number((rate / 10).toPrecision(1));

const names = { learningRate: 'learning rate', weightDecay: 'weight decay', momentum: 'momentum' } as const;

function whatToTry(optimizer: Optimizer, known: Optimizer): string {
  const causes = divergenceCauses(optimizer, known);
  if (causes.length === 0)
    return `Use a lower learning rate, such as ${reducedRate(optimizer.learningRate)}, a warm-up, or a larger batch.`;
  const lower = causes.map(({ setting, instead }) => `a lower ${names[setting]}, such as ${instead}`);
  return `Use ${lower.join(', and ')}.`;
}

/** The error that ends a diverged training. No checkpoint of this state is written. */
export const diverged = ({ what, epoch, step, learningRate, optimizer, known, checkpoint }: Divergence): ZooError =>
  new ZooError(
    'not-finite',
    `train: ${what} at step ${step} of epoch ${epoch}, with learning rate ${learningRate}: training has diverged.`,
    {
      remedy: [
        whatToTry(optimizer, known),
        ...(checkpoint === undefined ? [] : [`${checkpoint} is as it was before, with finite weights.`]),
      ].join(' '),
    },
  );
