import type { FlattenOrder, Sizes, StatedLayer, StatedOperation, StatedPadding } from '../../stated-network.ts';
import { isRescaling, takenAsBias } from './added-bias.ts';
import { composedNorms } from './composed-norms.ts';
import type { Constants } from './constants.ts';
import { type GraphNames, graphFlow } from './graph-flow.ts';
import { type Node, numberOf } from './read-node.ts';

const activations: Readonly<Record<string, string>> = {
  Relu: 'relu',
  Tanh: 'tanh',
  Sigmoid: 'sigmoid',
  LeakyRelu: 'leaky relu',
  Elu: 'elu',
  Selu: 'selu',
  Gelu: 'gelu',
  HardSigmoid: 'hard sigmoid',
  HardSwish: 'hard swish',
  Softplus: 'softplus',
  Softsign: 'softsign',
  Mish: 'mish',
  PRelu: 'prelu',
  Softmax: 'softmax',
  LogSoftmax: 'log softmax',
  Hardmax: 'argmax',
  ArgMax: 'argmax',
  TopK: 'top k',
};

/** What changes no number on its way from layer to layer. */
const identityOperators = ['Identity', 'Dropout', 'Cast', 'Constant', 'Unsqueeze', 'Squeeze'];

/** Rounding to whole numbers, which may stand for a ReLU as well. */
const rounding = /^(?:(?:DynamicQ|Q|Deq)uantizeLinear|QLinear(?:Global)?AveragePool)$/;

/** Where products of layers have their weight and bias among their inputs. */
const products: Readonly<Record<string, { weight: number; bias?: number; kind: 'conv' | 'dense' }>> = {
  Conv: { kind: 'conv', weight: 1, bias: 2 },
  QLinearConv: { kind: 'conv', weight: 3, bias: 8 },
  ConvInteger: { kind: 'conv', weight: 1 },
  Gemm: { kind: 'dense', weight: 1, bias: 2 },
  MatMul: { kind: 'dense', weight: 1 },
  QGemm: { kind: 'dense', weight: 3, bias: 6 },
  QLinearMatMul: { kind: 'dense', weight: 3 },
  MatMulInteger: { kind: 'dense', weight: 1 },
  MatMulIntegerToFloat: { kind: 'dense', weight: 1 },
  DynamicQuantizeMatMul: { kind: 'dense', weight: 1 },
};

function pair({ numbers }: Node, name: string, otherwise: Sizes): Sizes {
  const [height, width, more] = numbers.get(name) ?? otherwise;
  return height === undefined || width === undefined || more !== undefined ? otherwise : [height, width];
}

function paddingOf(node: Node): StatedPadding {
  const automatic = node.texts.get('auto_pad') ?? 'NOTSET';
  if (automatic === 'SAME_UPPER') return 'same';
  if (automatic === 'SAME_LOWER') return 'same-lower';
  const [top = 0, left = 0, bottom = 0, right = 0] = automatic === 'NOTSET' ? (node.numbers.get('pads') ?? []) : [];
  return { before: [top, left], after: [bottom, right] };
}

const hasZeros = (padding: StatedPadding): boolean =>
  typeof padding === 'string'
    ? padding !== 'valid'
    : [...padding.before, ...padding.after].some((zeros) => zeros !== 0);

function product(
  node: Node,
  { origin }: Constants,
  gemm: (typeof products)[string],
  operatorOf: (weight: string) => GraphNames | undefined,
): StatedLayer[] {
  const { op: type, name, inputs } = node;
  const [weight, bias] = [gemm.weight, gemm.bias].map((place) => origin(inputs[place ?? -1] ?? ''));
  if (!weight) {
    const by = operatorOf(inputs[gemm.weight] ?? '');
    return [by ? { kind: 'other', ...by } : { kind: 'unsaid', name, type }, { kind: gemm.kind, name, type }];
  }
  const tensors = { weight: weight.name, ...(bias && { bias: bias.name }) };
  if (gemm.kind === 'conv')
    return [
      {
        kind: 'conv',
        stride: pair(node, 'strides', [1, 1]),
        dilation: pair(node, 'dilations', [1, 1]),
        padding: paddingOf(node),
        name,
        type,
        tensors,
      },
    ];
  const outIn = numberOf(node, 'transB', 0) !== 0;
  const turned: StatedLayer = { kind: 'other', name, type: `${type} with transA` };
  return [
    ...(numberOf(node, 'transA', 0) === 0 ? [] : [turned]),
    {
      kind: 'dense',
      transposed: outIn === weight.swapped,
      alpha: numberOf(node, 'alpha', 1),
      beta: numberOf(node, 'beta', 1),
      name,
      type,
      tensors,
    },
  ];
}

function operation(node: Node, order: FlattenOrder): StatedOperation {
  const activation = Object.hasOwn(activations, node.op) ? activations[node.op] : undefined;
  if (activation !== undefined) return { kind: 'activation', function: activation };
  switch (node.op) {
    case 'MaxPool':
    case 'AveragePool':
      // Zeros around maps that count in the mean: what they are made of is not compared.
      if (numberOf(node, 'count_include_pad', 0) !== 0 && hasZeros(paddingOf(node))) return { kind: 'other' };
      return {
        kind: node.op === 'MaxPool' ? 'maxPool' : 'avgPool',
        size: pair(node, 'kernel_shape', [1, 1]),
        stride: pair(node, 'strides', [1, 1]),
        padding: paddingOf(node),
        dilation: pair(node, 'dilations', [1, 1]),
        ceil: numberOf(node, 'ceil_mode', 0) !== 0,
      };
    case 'GlobalAveragePool':
      return { kind: 'globalPool', of: 'average' };
    case 'GlobalMaxPool':
      return { kind: 'globalPool', of: 'max' };
    case 'LRN':
      return {
        kind: 'lrn',
        size: numberOf(node, 'size', 5),
        alpha: numberOf(node, 'alpha', 1e-4),
        beta: numberOf(node, 'beta', 0.75),
        k: numberOf(node, 'bias', 1),
        region: 'across-channels',
      };
    case 'ReduceMean':
      // Over the axes of a map, where an attribute says them; as an input they are not read here.
      return /^(?:2,3|-2,-1|-1,-2)?$/.test(String(node.numbers.get('axes') ?? ''))
        ? { kind: 'globalPool', of: 'average' }
        : { kind: 'other' };
    case 'Flatten':
    case 'Reshape':
      return { kind: 'flatten', order };
    default:
      return { kind: rounding.test(node.op) ? 'unsaid' : 'other' };
  }
}

/** `CHW` behind convolutions; a Transpose says otherwise. */
function turned(order: FlattenOrder, perm: readonly number[] | undefined): FlattenOrder {
  const axes = String(perm);
  if (order === 'CHW' && axes === '0,2,3,1') return 'HWC';
  if (order === 'HWC' && axes === '0,3,1,2') return 'CHW';
  return 'other';
}

/**
 * What a graph says of its layers, in its order: operators that compute from its input. Where branches meet, or where an operator is not
 * understood, it says `other`.
 */
export function graphLayers(nodes: readonly Node[], constants: Constants): StatedLayer[] {
  const layers: StatedLayer[] = [];
  let order: FlattenOrder = 'CHW';
  const flow = graphFlow(nodes, constants);
  const norms = composedNorms(nodes, flow);
  for (const node of nodes) {
    const { op: type, name, inputs } = node;
    if (identityOperators.includes(type) || flow.isConstant(node.output)) continue;
    const norm = norms.get(node);
    const gemm = Object.hasOwn(products, type) ? products[type] : undefined;
    if (norm) {
      if (norm === 'last') layers.push({ kind: 'unsaid', name, type: 'LRN' });
    } else if (gemm) {
      layers.push(...product(node, constants, gemm, flow.operatorOf));
      if (gemm.kind === 'conv') order = 'CHW';
      // Rounding to whole numbers may stand for a ReLU.
      if (/^Q/.test(type)) layers.push({ kind: 'unsaid', name, type });
    } else if (type === 'Mul' && inputs.some(flow.isScale)) layers.push({ kind: 'unsaid', name, type });
    else if (type === 'Add' && isRescaling(layers.at(-1)) && inputs.some(flow.isConstant)) continue;
    else if (type === 'BatchNormalization') {
      const [weight, bias, mean, variance] = inputs.slice(1, 5).map((one) => constants.origin(one)?.name);
      layers.push({
        kind: 'batchNorm',
        epsilon: numberOf(node, 'epsilon', 1e-5),
        scale: true,
        center: true,
        ofChannels: true,
        name,
        type,
        tensors: {
          ...(weight !== undefined && { weight }),
          ...(bias !== undefined && { bias }),
          ...(mean !== undefined && { running_mean: mean }),
          ...(variance !== undefined && { running_var: variance }),
        },
      });
    } else if (type === 'Transpose') order = layers.length === 0 ? order : turned(order, node.numbers.get('perm'));
    else if (!takenAsBias(node, layers, { constants, order })) layers.push({ ...operation(node, order), name, type });
  }
  return layers;
}
