import os from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import { elements, ZooError } from '@zoo/core';
import { inferShapes, type ModelSpec, type Recipe } from '@zoo/spec';
import { networkFlags } from '../options/network-options.ts';
import { bytes } from '../rendering/quantities.ts';

/** Whether the backend in use computes in the machine's own memory. Wasm, with a heap of its own, and graphics cards say themselves when theirs is full. */
function isInMainMemory(): boolean {
  const backend = tf.getBackend();
  return backend === 'cpu' || (backend === 'tensorflow' && Reflect.get(tf.backend(), 'isUsingGpuDevice') !== true);
}

/** Least copies of a picture and of every layer's output: itself, its gradient, and the space to compute them. Measured on node: 4 to 6. */
const copies = 3;
/** Copies of the weights: themselves and their gradients, what the optimiser keeps of each, and their average. */
const perWeight = ({ optimizer, ema = 0 }: Pick<Recipe, 'optimizer' | 'ema'>): number =>
  2 + (optimizer.kind === 'sgd' ? 1 : 2) + (ema > 0 ? 1 : 0);
const bytesPerNumber = 4;

/**
 * Refuses a batch that cannot fit, since a system that is out of memory ends the program without a message. One that is let through may
 * still be too large: what is counted is the least.
 *
 * @param spec With the recipe that is trained.
 * @param machine Bytes of memory. Default: all of this machine's.
 * @throws ZooError `usage` with the batch size that would do.
 */
export function requireMemory(spec: ModelSpec, batchSize: number, machine = os.totalmem()): void {
  if (!isInMainMemory()) return;
  const { layers, parameters } = inferShapes(spec);
  const perPicture =
    copies * bytesPerNumber * layers.reduce((sum, { output }) => sum + elements(output), elements(spec.input));
  const fixed = perWeight(spec.recipe) * bytesPerNumber * parameters;
  const needed = fixed + batchSize * perPicture;
  if (needed <= machine) return;
  const most = Math.floor((machine - fixed) / 2 / perPicture);
  const advice = most >= 1 ? `Pass --batch-size ${most} or less` : 'Use another machine';
  throw new ZooError(
    'usage',
    `--batch-size ${batchSize}: a training step needs ${bytes(needed)} of memory at least, but this machine has ${bytes(machine)}. ${advice}, or a smaller ${networkFlags.width}.`,
  );
}

/**
 * Refuses a training whose steps cannot fit: a batch that is computed in parts takes the memory of one.
 *
 * @param pictures Of the training set: a batch is never larger.
 * @throws ZooError as `requireMemory`.
 */
export const requireStepMemory = (spec: ModelSpec, recipe: Recipe, pictures: number, machine?: number): void =>
  requireMemory(
    { ...spec, recipe },
    Math.ceil(Math.min(recipe.batchSize, pictures) / (recipe.accumulate ?? 1)),
    machine,
  );
