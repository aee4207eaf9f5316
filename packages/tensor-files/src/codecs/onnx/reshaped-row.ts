import { elements } from '@zoo/core';
import type { StoredTensor } from '../../tensor.ts';
import type { Node } from './read-node.ts';

export const reshapes: readonly string[] = ['Reshape', 'Unsqueeze', 'Squeeze'];

const mostAxes = 8;

const isRow = (shape: readonly number[]): boolean => elements(shape) === Math.max(1, ...shape);

/** Sizes or axes: the second input, which was an attribute before opset 13 (5 of Reshape). Undefined where they are not in the file. */
async function parameters(node: Node, tensors: ReadonlyMap<string, StoredTensor>): Promise<number[] | undefined> {
  const stated = node.numbers.get(node.op === 'Reshape' ? 'shape' : 'axes');
  if (stated) return [...stated];
  const stored = tensors.get(node.inputs[1] ?? '');
  if (!stored || stored.unreadable || elements(stored.shape) > mostAxes) return undefined;
  return [...(await stored.read())];
}

/** Sizes of Reshape: 0 stands for the size that was there, -1 for what is left. */
function reshaped(from: readonly number[], wanted: readonly number[]): number[] {
  const sizes = wanted.map((size, axis) => (size === 0 ? (from[axis] ?? 0) : size));
  const known = sizes.reduce((product, size) => (size === -1 ? product : product * size), 1);
  return sizes.map((size) => (size === -1 ? elements(from) / known : size));
}

function unsqueezed(from: readonly number[], axes: readonly number[]): number[] {
  const rank = from.length + axes.length;
  const places = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  const rest = [...from];
  return Array.from({ length: rank }, (_, axis) => (places.includes(axis) ? 1 : (rest.shift() ?? 1)));
}

function squeezed(from: readonly number[], axes: readonly number[] | undefined): number[] {
  const places = axes?.map((axis) => (axis < 0 ? axis + from.length : axis));
  return from.filter((size, axis) => (places ? !places.includes(axis) : size !== 1));
}

/** The shape that an operator gives to a row of numbers, as a bias gets on its way to an Add; undefined for what is no row. */
export async function reshapedRow(
  node: Node,
  from: readonly number[],
  tensors: ReadonlyMap<string, StoredTensor>,
): Promise<readonly number[] | undefined> {
  if (!isRow(from) || from.length > mostAxes) return undefined;
  const given = await parameters(node, tensors);
  if (!given && node.op !== 'Squeeze') return undefined;
  const shapeOf = { Reshape: reshaped, Unsqueeze: unsqueezed };
  const shape =
    node.op === 'Squeeze'
      ? squeezed(from, given)
      : shapeOf[node.op === 'Reshape' ? 'Reshape' : 'Unsqueeze'](from, given ?? []);
  return isRow(shape) && elements(shape) === elements(from) ? shape : undefined;
}
