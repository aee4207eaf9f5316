import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { type ModelWeight, modelWeights, specOf } from '@zoo/layers/model';
import { type ModelSpec, nodeNamed } from '@zoo/spec';

const isIn = ({ name }: ModelWeight, path: string): boolean => name === path || name.startsWith(`${path}.`);

/** The path of a layer or block by any of its names; a weight's own name stays as it is. */
const pathOf = (spec: ModelSpec, weights: readonly ModelWeight[], name: string): string =>
  weights.some((weight) => weight.name === name) ? name : nodeNamed(spec, name).path;

/**
 * The weights that training changes: all that can be learned, less those of the frozen layers and blocks.
 *
 * @param freeze Any names that `nodeNamed` of `@zoo/spec` knows: `features`, `features.0`, `conv1`, `fc7`.
 * @throws ZooError `unknown-name` when a frozen layer is none of the network's, `usage` when it has no weights, or nothing is left
 *   to learn.
 */
export function learnedWeights(model: tfl.LayersModel, freeze: readonly string[] = []): ModelWeight[] {
  const learnable = modelWeights(model).filter(({ trainable }) => trainable);
  const paths = freeze.map((name) => pathOf(specOf(model), learnable, name));
  const weightless = paths.findIndex((path) => !learnable.some((weight) => isIn(weight, path)));
  if (weightless >= 0) {
    const blocks = [...new Set(learnable.map(({ name }) => name.split('.')[0]))];
    throw new ZooError(
      'usage',
      `freeze: ${freeze[weightless]} has no weights in ${model.name}. Name one of ${blocks.join(', ')}, or a layer such as ${learnable[0]?.layer.path}.`,
    );
  }
  const learned = learnable.filter((weight) => !paths.some((path) => isIn(weight, path)));
  if (learned.length === 0)
    throw new ZooError('usage', `freeze: ${freeze.join(', ')} leaves nothing of ${model.name} to learn. Freeze less.`);
  return learned;
}
