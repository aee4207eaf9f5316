import type { NamedBytes } from '../../bytes.ts';
import { type Field, fields } from '../../protobuf/fields.ts';
import { textIn } from './read-tensor.ts';

/** Field numbers of NodeProto and AttributeProto in onnx.proto. */
const node = { input: 1, output: 2, op: 4, attribute: 5 } as const;
const attribute = { name: 1, integer: 3, tensor: 5 } as const;

/** As much of an operation of the graph as says which constants it takes, and how. */
export interface Node {
  op: string;
  inputs: string[];
  output: string;
  integers: Map<string, number>;
  /** Tensors that stand among the attributes: `value` of a Constant. */
  tensors: Map<string, Field>;
}

export async function readNode(source: NamedBytes, { start, end }: Field): Promise<Node> {
  const read: Node = { op: '', inputs: [], output: '', integers: new Map(), tensors: new Map() };
  const outputs: string[] = [];
  for await (const field of fields(source, start, end)) {
    if (field.wire !== 2) continue;
    if (field.number === node.input) read.inputs.push(await textIn(source, field));
    if (field.number === node.output) outputs.push(await textIn(source, field));
    if (field.number === node.op) read.op = await textIn(source, field);
    if (field.number !== node.attribute) continue;
    let name = '';
    for await (const inner of fields(source, field.start, field.end)) {
      if (inner.number === attribute.name && inner.wire === 2) name = await textIn(source, inner);
      if (inner.number === attribute.integer && inner.wire === 0) read.integers.set(name, inner.value);
      if (inner.number === attribute.tensor && inner.wire === 2) read.tensors.set(name, inner);
    }
  }
  return { ...read, output: outputs[0] ?? '' };
}
