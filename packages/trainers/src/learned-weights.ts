import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { type ModelWeight, modelWeights } from '@zoo/layers/model';

const isIn = ({ name }: ModelWeight, path: string): boolean => name === path || name.startsWith(`${path}.`);

/**
 * The weights that training changes: all that can be learned, less those of the frozen layers and blocks.
 *
 * @throws ZooError `usage` when a frozen path is none of the network's, or nothing is left to learn.
 */
export function learnedWeights(model: tfl.LayersModel, freeze: readonly string[] = []): ModelWeight[] {
  const learnable = modelWeights(model).filter(({ trainable }) => trainable);
  const unknown = freeze.find((path) => !learnable.some((weight) => isIn(weight, path)));
  if (unknown !== undefined) {
    const blocks = [...new Set(learnable.map(({ name }) => name.split('.')[0]))];
    throw new ZooError(
      'usage',
      `freeze: ${unknown} has no weights in ${model.name}. Name one of ${blocks.join(', ')}, or a layer such as ${learnable[0]?.layer.path}.`,
    );
  }
  const learned = learnable.filter((weight) => !freeze.some((path) => isIn(weight, path)));
  if (learned.length === 0)
    throw new ZooError('usage', `freeze: ${freeze.join(', ')} leaves nothing of ${model.name} to learn. Freeze less.`);
  return learned;
}
