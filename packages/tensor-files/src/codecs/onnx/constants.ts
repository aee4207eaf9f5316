import type { NamedBytes } from '../../bytes.ts';
import { damaged } from '../../damaged.ts';
import { blocksOf, dequantised } from '../../elements/dequantised.ts';
import type { Beside } from '../../sources/byte-source.ts';
import type { StoredTensor } from '../../tensor.ts';
import type { Node } from './read-node.ts';
import { readTensor } from './read-tensor.ts';

type Tensors = ReadonlyMap<string, StoredTensor>;

/** What a quantised weight is called without what onnxruntime hangs on it. */
const plainName = (stored: string, output: string): string =>
  /_quantized$/.test(stored) ? stored.replace(/_quantized$/, '') : output.replace(/_DequantizeLinear_Output$/, '');

function dequantise(node: Node, tensors: Tensors, place: string): StoredTensor | undefined {
  const [stored, scale, zeroPoint] = node.inputs.map((name) => tensors.get(name));
  if (!stored || !scale || stored.unreadable) return undefined;
  const given = node.integers.get('axis') ?? 1;
  const axis = given < 0 ? given + stored.shape.length : given;
  const name = plainName(stored.name, node.output);
  if ([scale, ...(zeroPoint ? [zeroPoint] : [])].some(({ shape }) => !blocksOf(stored.shape, shape, axis)))
    throw damaged(`${place}: ${name.slice(0, 200)}`, `is [${stored.shape}], but its scales are [${scale.shape}]`);
  return { ...dequantised(stored, { scale, axis, ...(zeroPoint && { zeroPoint }) }), name };
}

/**
 * The constants that a graph computes with: initializers, Constant nodes, the same under another name (Identity), and what
 * DequantizeLinear makes of whole numbers, in the place of those. Whole numbers whose scale is not said by a DequantizeLinear stay.
 */
export async function withNodes(
  initializers: Tensors,
  nodes: readonly Node[],
  source: NamedBytes,
  beside: Beside,
): Promise<Tensors> {
  const tensors = new Map(initializers);
  const parts = new Set<string>();
  const add = (output: string, tensor: StoredTensor) => {
    if (output !== '' && !tensors.has(output)) tensors.set(output, { ...tensor, name: output });
  };
  const renamed: [string, StoredTensor][] = [];
  for (const node of nodes) {
    const value = node.tensors.get('value');
    const [input = ''] = node.inputs;
    const same = tensors.get(input);
    if (node.op === 'Constant' && value) add(node.output, await readTensor(source, value, beside));
    if (node.op === 'Identity' && same) add(node.output, same);
    const whole = node.op === 'DequantizeLinear' ? dequantise(node, tensors, source.name) : undefined;
    if (!whole) continue;
    renamed.push([node.output, whole]);
    for (const name of node.inputs) parts.add(name);
  }
  // In the order in which the network uses them, which need not be that of the file.
  const places = new Map(nodes.flatMap(({ inputs }, at) => inputs.map((name): [string, number] => [name, at])));
  renamed.sort(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  for (const name of parts) tensors.delete(name);
  for (const [output, tensor] of renamed) {
    const name = tensors.has(tensor.name) ? output : tensor.name;
    tensors.set(name, { ...tensor, name });
  }
  return tensors;
}
