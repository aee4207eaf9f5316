import { elements } from '@zoo/core';
import type { FlattenOrder, StatedLayer } from '../../stated-network.ts';
import type { StoredTensor } from '../../tensor.ts';
import type { Constants } from './constants.ts';
import type { Node } from './read-node.ts';

type Product = Extract<StatedLayer, { kind: 'conv' | 'dense' }>;

/** The multiplication by the scales of a product of whole numbers. */
export const isRescaling = (layer: StatedLayer | undefined): boolean =>
  layer?.kind === 'unsaid' && layer.type === 'Mul';

/** Channels of a convolution, or outputs of a dense layer; undefined where its weight is not in the file as it is. */
function outputsOf(layer: Product, { tensors }: Constants): number | undefined {
  const shape = tensors.get(layer.tensors?.weight ?? '')?.shape;
  return shape?.[layer.kind === 'dense' && layer.transposed ? 1 : 0];
}

/** Whether a constant is added number by number to the outputs: `[C]` or `[1, 1, 1, C]` where they are the last axis, else `[1, C, 1, 1]`. */
function isRowOfOutputs(shape: readonly number[], fromEnd: number, outputs: number | undefined): boolean {
  const row = shape.at(-fromEnd);
  if (row === undefined && elements(shape) !== 1) return false;
  return elements(shape) === (row ?? 1) && (outputs === undefined || outputs === (row ?? 1));
}

/** An addition of a constant row behind a product without a bias is its bias. */
export function takenAsBias(
  node: Node,
  layers: StatedLayer[],
  { constants, order }: { constants: Constants; order: FlattenOrder },
): boolean {
  // Products of whole numbers are multiplied by their scales before the bias is added.
  const place = layers.length - (isRescaling(layers.at(-1)) ? 2 : 1);
  const last = layers[place];
  if (node.op !== 'Add' || !last || (last.kind !== 'dense' && last.kind !== 'conv') || last.tensors?.bias) return false;
  const [bias] = node.inputs.map(constants.origin).filter((one) => one !== undefined);
  const shape = bias?.shape ?? constants.tensors.get(bias?.name ?? '')?.shape;
  if (!bias || !shape || order === 'other') return false;
  const fromEnd = last.kind === 'conv' && order === 'CHW' ? 3 : 1;
  if (!isRowOfOutputs(shape, fromEnd, outputsOf(last, constants))) return false;
  layers[place] = { ...last, tensors: { ...last.tensors, bias: bias.name } };
  return true;
}

/** The constants of a graph, its biases as rows: `[1, C, 1, 1]` and `[1, C]` are `[C]`. */
export function withBiasRows(
  tensors: ReadonlyMap<string, StoredTensor>,
  layers: readonly StatedLayer[],
): ReadonlyMap<string, StoredTensor> {
  const rows = new Map<string, StoredTensor>();
  for (const layer of layers) {
    if (layer.kind !== 'conv' && layer.kind !== 'dense') continue;
    const bias = tensors.get(layer.tensors?.bias ?? '');
    const length = bias && elements(bias.shape);
    if (bias && length !== undefined && bias.shape.length !== 1 && Math.max(1, ...bias.shape) === length)
      rows.set(bias.name, { ...bias, shape: [length] });
  }
  return rows.size === 0 ? tensors : new Map([...tensors, ...rows]);
}
