import { damaged } from '../../damaged.ts';
import { dequantised } from '../../elements/dequantised.ts';
import { blocksOf, type Scale } from '../../elements/quantisation.ts';
import type { StoredTensor } from '../../tensor.ts';
import { type Node, numberOf } from './read-node.ts';

/** A weight as the floats that whole numbers stand for. */
export interface Dequantised {
  /** What the graph calls it: the input of a node. */
  graphName: string;
  /** Under its plain name. */
  tensor: StoredTensor;
  /** Names of the constants that it is made of. */
  parts: readonly string[];
}

/** Where an operator on whole numbers has its weight, and what says which floats they are: places among its inputs. */
interface Places {
  weight: number;
  /** Left out where the scale is multiplied by further on: see `scaleBehind`. */
  scale?: number;
  zeroPoint: number;
  /** A bias of 32 bits, whose scale is that of the input times that of the weight. */
  bias?: number;
  inputScale?: number;
  /** The axis of the outputs, to which a scale for each belongs; counted from behind where it is negative. */
  axis(node: Node): number;
}

const first = () => 0;
const last = () => -1;

/** Operators of ONNX and of onnxruntime (ContribOperators.md). */
const operators: Readonly<Record<string, Places>> = {
  DequantizeLinear: { weight: 0, scale: 1, zeroPoint: 2, axis: (node) => numberOf(node, 'axis', 1) },
  QLinearConv: { weight: 3, scale: 4, zeroPoint: 5, bias: 8, inputScale: 1, axis: first },
  QLinearMatMul: { weight: 3, scale: 4, zeroPoint: 5, axis: last },
  QGemm: {
    weight: 3,
    scale: 4,
    zeroPoint: 5,
    bias: 6,
    inputScale: 1,
    axis: (node) => (numberOf(node, 'transB', 0) ? 0 : -1),
  },
  ConvInteger: { weight: 1, zeroPoint: 3, axis: first },
  MatMulInteger: { weight: 1, zeroPoint: 3, axis: last },
  MatMulIntegerToFloat: { weight: 1, scale: 3, zeroPoint: 5, axis: last },
  DynamicQuantizeMatMul: { weight: 1, scale: 2, zeroPoint: 3, axis: last },
};

/** What a quantised weight is called without what onnxruntime hangs on it. */
const plainName = (stored: string, output: string): string =>
  /_quantized$/.test(stored)
    ? stored.replace(/_quantized$/, '').replace(/_Transposed$/, '')
    : output.replace(/_DequantizeLinear_Output$/, '');

/** Nodes that say what products of whole numbers are multiplied by; of several of a name, the first. */
export interface Graph {
  /** Cast, by its input. */
  casts: ReadonlyMap<string, Node>;
  /** Mul, by each of its inputs, and by its output. */
  scalings: ReadonlyMap<string, Node>;
  products: ReadonlyMap<string, Node>;
}

export function indexed(nodes: readonly Node[]): Graph {
  const graph = {
    casts: new Map<string, Node>(),
    scalings: new Map<string, Node>(),
    products: new Map<string, Node>(),
  };
  const add = (to: Map<string, Node>, name: string, node: Node) => {
    if (!to.has(name)) to.set(name, node);
  };
  for (const node of nodes) {
    if (node.op === 'Cast') for (const name of node.inputs) add(graph.casts, name, node);
    if (node.op !== 'Mul') continue;
    for (const name of node.inputs) add(graph.scalings, name, node);
    add(graph.products, node.output, node);
  }
  return graph;
}

/** Products of whole numbers become floats behind a Cast, by a Mul with the product of both scales: the one that is constant. */
function scaleBehind(node: Node, graph: Graph, constant: (name: string) => boolean): string | undefined {
  const cast = graph.casts.get(node.output);
  const scaling = cast && graph.scalings.get(cast.output);
  const other = scaling?.inputs.find((name) => name !== cast?.output);
  const product = graph.products.get(other ?? '');
  return [other ?? '', ...(product?.inputs ?? [])].find(constant);
}

/** One scale times another. Either is one number, or a row for the outputs. */
const times = (a: Scale, b: Scale): Scale => ({
  shape: b.shape,
  read: async () => {
    const [[factor = 1], values] = [await a.read(), await b.read()];
    return values.map((value) => value * factor);
  },
});

/** The floats that an operator computes with, where their scales are constants of the file; nothing where they are not. */
export function dequantise(
  node: Node,
  graph: Graph,
  constants: ReadonlyMap<string, StoredTensor>,
  file: string,
): Dequantised[] {
  const places = Object.hasOwn(operators, node.op) ? operators[node.op] : undefined;
  if (!places) return [];
  const input = (place: number | undefined) => (place === undefined ? undefined : node.inputs[place]);
  const stored = constants.get(input(places.weight) ?? '');
  const scaleName =
    places.scale === undefined ? scaleBehind(node, graph, (name) => constants.has(name)) : input(places.scale);
  const scale = constants.get(scaleName ?? '');
  if (
    !stored ||
    !scale ||
    stored.unreadable ||
    !['I8', 'U8', 'I16', 'U16', 'I32', 'F8_E4M3', 'F8_E5M2'].includes(stored.dtype)
  )
    return [];
  const zeroPoint = constants.get(input(places.zeroPoint) ?? '');
  const given = places.axis(node);
  const axis = given < 0 ? given + stored.shape.length : given;
  const graphName = node.op === 'DequantizeLinear' ? node.output : stored.name;
  const name = plainName(stored.name, graphName);
  if ([scale, ...(zeroPoint ? [zeroPoint] : [])].some(({ shape }) => !blocksOf(stored.shape, shape, axis)))
    throw damaged(`${file}: ${name.slice(0, 200)}`, `is [${stored.shape}], but its scales are [${scale.shape}]`);
  const weight: Dequantised = {
    graphName,
    tensor: { ...dequantised(stored, { scale, axis, ...(zeroPoint && { zeroPoint }) }), name },
    parts: [stored.name, scale.name, ...(zeroPoint ? [zeroPoint.name] : [])],
  };
  const [bias, inputScale] = [constants.get(input(places.bias) ?? ''), constants.get(input(places.inputScale) ?? '')];
  if (!bias || !inputScale || bias.dtype !== 'I32' || !blocksOf(bias.shape, scale.shape)) return [weight];
  const floats = { ...dequantised(bias, { scale: times(inputScale, scale) }), name: plainName(bias.name, bias.name) };
  return [weight, { graphName: bias.name, tensor: floats, parts: [bias.name, inputScale.name] }];
}
