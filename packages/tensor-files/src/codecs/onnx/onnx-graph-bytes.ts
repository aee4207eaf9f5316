import { elements } from '@zoo/core';
import { concatenated, content, float, integer, lead } from '../../protobuf/message.ts';

/** Messages of onnx.proto, by their field numbers there. */

/** An attribute's value: a whole number, several, or `{ float }`. */
export type OnnxAttribute = number | readonly number[] | { float: number };

export interface OnnxNode {
  op: string;
  /** Where it stands in the network: the layer's path. */
  name: string;
  inputs: readonly string[];
  output: string;
  attributes?: Readonly<Record<string, OnnxAttribute>>;
}

/** A constant of the graph. */
export interface OnnxTensor {
  name: string;
  shape: readonly number[];
  data(): Float32Array | Promise<Float32Array>;
}

export interface OnnxGraph {
  name: string;
  nodes: readonly OnnxNode[];
  tensors: readonly OnnxTensor[];
  input: { name: string; shape: readonly (number | string)[] };
  output: { name: string; shape: readonly (number | string)[] };
  metadata: Readonly<Record<string, string>>;
}

const attributeTypes = { float: 1, integer: 2, integers: 7 } as const;
const floatType = 1;

function attribute(name: string, value: OnnxAttribute): Uint8Array {
  const [fields, type] =
    typeof value === 'number'
      ? [[integer(3, value)], attributeTypes.integer]
      : 'float' in value
        ? [[float(2, value.float)], attributeTypes.float]
        : [value.map((one) => integer(8, one)), attributeTypes.integers];
  return content(5, content(1, name), ...fields, integer(20, type));
}

const node = ({ op, name, inputs, output, attributes = {} }: OnnxNode): Uint8Array =>
  content(
    1,
    ...inputs.map((input) => content(1, input)),
    content(2, output),
    content(3, name),
    content(4, op),
    ...Object.entries(attributes).map(([key, value]) => attribute(key, value)),
  );

/** What comes in or goes out: floats, whose sizes are numbers or, where they are free, names. */
function valueInfo(field: number, { name, shape }: OnnxGraph['input']): Uint8Array {
  const sizes = shape.map((size) => content(1, typeof size === 'number' ? integer(1, size) : content(2, size)));
  return content(field, content(1, name), content(2, content(1, integer(1, floatType), content(2, ...sizes))));
}

/** Everything of a tensor but its numbers, which come next in the file. */
function tensorLead({ name, shape }: OnnxTensor): Uint8Array {
  const bytes = elements(shape) * 4;
  const inner = concatenated([
    ...shape.map((size) => integer(1, size)),
    integer(2, floatType),
    content(8, name),
    lead(9, bytes),
  ]);
  return concatenated([lead(5, inner.length + bytes), inner]);
}

const irVersion = 8;
const opset = 17;

/** The file, a tensor at a time. IR version 8, operators of set 17 (ONNX 1.12). */
export async function* onnxGraphBytes(graph: OnnxGraph): AsyncGenerator<Uint8Array, void, undefined> {
  const leads = graph.tensors.map(tensorLead);
  const head = concatenated([...graph.nodes.map(node), content(2, graph.name)]);
  const tail = concatenated([valueInfo(11, graph.input), valueInfo(12, graph.output)]);
  const size =
    head.length +
    tail.length +
    graph.tensors.reduce((sum, { shape }, index) => sum + (leads[index]?.length ?? 0) + elements(shape) * 4, 0);
  yield concatenated([
    integer(1, irVersion),
    content(2, 'zoo'),
    content(8, integer(2, opset)),
    ...Object.entries(graph.metadata).map(([key, value]) => content(14, content(1, key), content(2, value))),
    lead(7, size),
    head,
  ]);
  for (const [index, { name, shape, data }] of graph.tensors.entries()) {
    yield leads[index] ?? new Uint8Array();
    const values = await data();
    if (values.length !== elements(shape)) throw new Error(`${name}: ${values.length} elements for [${shape}]`);
    yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
  yield tail;
}
