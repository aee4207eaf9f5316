import type { MeteredBytes } from '../../meter.ts';
import { type Field, fieldBatches } from '../../protobuf/fields.ts';
import { floatOf, integersOf } from '../../protobuf/scalars.ts';
import { textIn } from './read-tensor.ts';

/** Field numbers of NodeProto and AttributeProto in onnx.proto. */
const node = { input: 1, output: 2, name: 3, op: 4, attribute: 5 } as const;
const attribute = { name: 1, float: 2, integer: 3, text: 4, tensor: 5, integers: 8 } as const;

/** Numbers of one attribute: kernels, strides and pads have four at most; more are passed over. */
const maxIntegers = 64;

/** As much of an operation of the graph as says what it computes of which constants. */
export interface Node {
  op: string;
  name: string;
  inputs: string[];
  output: string;
  /** Those behind the first. */
  moreOutputs: string[];
  /** Attributes: whole numbers, alone or in lists, and floats. */
  numbers: Map<string, readonly number[]>;
  texts: Map<string, string>;
  /** Tensors that stand among the attributes: `value` of a Constant. */
  tensors: Map<string, Field>;
}

/** Objects that a node takes, with the layer that it becomes. */
const objectsPerNode = 20;
/** Objects that an attribute takes. */
const objectsPerAttribute = 4;

async function readAttribute(source: MeteredBytes, { start, end }: Field, read: Node): Promise<void> {
  source.meter.spend('objects', objectsPerAttribute);
  let name = '';
  const integers: number[] = [];
  for await (const batch of fieldBatches(source, start, end))
    for (const inner of batch) {
      if (inner.number === attribute.name && inner.wire === 2) name = await textIn(source, inner);
      if (inner.number === attribute.integer && inner.wire === 0) read.numbers.set(name, [inner.value]);
      if (inner.number === attribute.float && inner.wire === 5) read.numbers.set(name, [await floatOf(source, inner)]);
      if (inner.number === attribute.text && inner.wire === 2 && inner.end - inner.start < 100)
        read.texts.set(name, await textIn(source, inner));
      if (inner.number === attribute.tensor && inner.wire === 2) read.tensors.set(name, inner);
      if (
        inner.number === attribute.integers &&
        inner.end - inner.start <= maxIntegers &&
        integers.length < maxIntegers
      )
        integers.push(...(await integersOf(source, inner, source.name, maxIntegers)));
    }
  if (integers.length > 0) read.numbers.set(name, integers);
}

export async function readNode(source: MeteredBytes, { start, end }: Field): Promise<Node> {
  source.meter.spend('objects', objectsPerNode);
  const read: Node = {
    op: '',
    name: '',
    inputs: [],
    output: '',
    moreOutputs: [],
    numbers: new Map(),
    texts: new Map(),
    tensors: new Map(),
  };
  const outputs: string[] = [];
  for await (const batch of fieldBatches(source, start, end))
    for (const field of batch) {
      if (field.wire !== 2) continue;
      if (field.number === node.input) read.inputs.push(await textIn(source, field));
      if (field.number === node.output) outputs.push(await textIn(source, field));
      if (field.number === node.name) read.name = await textIn(source, field);
      if (field.number === node.op) read.op = await textIn(source, field);
      if (field.number === node.attribute) await readAttribute(source, field, read);
    }
  return { ...read, output: outputs[0] ?? '', moreOutputs: outputs.slice(1) };
}

/** A whole number or a float among the attributes. */
export const numberOf = ({ numbers }: Node, name: string, otherwise: number): number =>
  numbers.get(name)?.[0] ?? otherwise;
