import { type MeteredBytes, objectsPerTensor } from '../../meter.ts';
import type { OpenSibling } from '../../sources/byte-source.ts';
import { transposed } from '../../strided/transposed.ts';
import type { StoredTensor } from '../../tensor.ts';
import { type Dequantised, dequantise, indexed } from './quantised.ts';
import type { Node } from './read-node.ts';
import { readTensor } from './read-tensor.ts';
import { reshapedRow, reshapes } from './reshaped-row.ts';

type Tensors = ReadonlyMap<string, StoredTensor>;

/** Which tensor a node computes with. */
export interface Origin {
  /** Its name among the file's tensors. */
  name: string;
  /** Whether the node sees its two axes the other way round. */
  swapped: boolean;
  /** The shape in which the node sees a row of numbers. Default: the tensor's. */
  shape?: readonly number[];
}

/** The constants of a graph. */
export interface Constants {
  tensors: Tensors;
  /** What the input of a node stands for; undefined where it is computed from the network's input. */
  origin(input: string): Origin | undefined;
  /** Whether a name is that of a constant, also of one that went into others: scales and zero points. */
  has(input: string): boolean;
}

/** How often a constant is transposed on its way: each time it is read, all of them are gone through. */
const maxTransposes = 4;

const isSwap = (perm: readonly number[] | undefined, rank: number): boolean =>
  rank === 2 && (perm === undefined || (perm[0] === 1 && perm[1] === 0));

/**
 * The constants that a graph computes with: initializers, Constant nodes, the same under another name or of another type (Identity, Cast),
 * transposed ones, and the floats that whole numbers stand for, in the place of those. Whole numbers stay whose scale is not in the file.
 */
export async function withNodes(
  initializers: Tensors,
  nodes: readonly Node[],
  source: MeteredBytes,
  beside: OpenSibling,
): Promise<Constants> {
  const tensors = new Map(initializers);
  const origins = new Map<string, Origin>();
  const found: Dequantised[] = [];
  const turns = new Map<string, number>();
  const graph = indexed(nodes);
  const add = (name: string, tensor: StoredTensor) => {
    if (name === '' || tensors.has(name)) return;
    source.meter.spend('objects', objectsPerTensor);
    tensors.set(name, { ...tensor, name });
  };
  for (const node of nodes) {
    const value = node.tensors.get('value');
    const [input = ''] = node.inputs;
    const same = tensors.get(input);
    if (node.op === 'Constant' && value) add(node.output, await readTensor(source, value, beside));
    if (node.op === 'Identity' && same) {
      turns.set(node.output, turns.get(input) ?? 0);
      add(node.output, same);
    }
    if (node.op === 'Cast' && same) origins.set(node.output, { name: input, swapped: false });
    const row = same && reshapes.includes(node.op) ? await reshapedRow(node, same.shape, tensors) : undefined;
    if (row) origins.set(node.output, { name: input, swapped: false, shape: row });
    const turned = (turns.get(input) ?? 0) + 1;
    if (node.op === 'Transpose' && same && turned <= maxTransposes) {
      turns.set(node.output, turned);
      const { shape } = same;
      const order = node.numbers.get('perm') ?? shape.map((_, axis) => shape.length - 1 - axis);
      if (isSwap(node.numbers.get('perm'), shape.length)) origins.set(node.output, { name: input, swapped: true });
      else if (order.toSorted((a, b) => a - b).every((axis, index) => axis === index) && order.length === shape.length)
        add(node.output, transposed(same, order, node.output));
    }
    found.push(...dequantise(node, graph, tensors, source.name));
  }
  // In the order in which the network uses them, which need not be that of the file.
  const places = new Map(nodes.flatMap(({ inputs }, at) => inputs.map((name): [string, number] => [name, at])));
  found.sort((a, b) => (places.get(a.graphName) ?? 0) - (places.get(b.graphName) ?? 0));
  const constant = new Set(tensors.keys());
  for (const name of new Set(found.flatMap(({ parts }) => parts))) tensors.delete(name);
  for (const { graphName, tensor } of found) {
    const name = tensors.has(tensor.name) ? graphName : tensor.name;
    tensors.set(name, { ...tensor, name });
    origins.set(graphName, { name, swapped: false });
  }
  const origin = (input: string, depth = 0): Origin | undefined => {
    const one = origins.get(input);
    if (!one) return tensors.has(input) ? { name: input, swapped: false } : undefined;
    // A few steps: a graph that goes round in a circle is none.
    const before = one.name === input || depth > 8 ? undefined : origin(one.name, depth + 1);
    const shape = one.shape ?? before?.shape;
    return before ? { name: before.name, swapped: before.swapped !== one.swapped, ...(shape && { shape }) } : one;
  };
  return { tensors, origin, has: (input) => constant.has(input) || origin(input) !== undefined };
}
