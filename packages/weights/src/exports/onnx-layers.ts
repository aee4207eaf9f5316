import { type AvgPool, adaptiveAverages, alphaOnMean, type Lrn, type MaxPool, type ShapedLayer } from '@zoo/spec';
import type { OnnxNode } from '@zoo/tensor-files/onnx';
import { partialConvolution, radialBasis, scaledTanh, subsampling } from './onnx-composed.ts';
import { constant, type OnnxLayer, square, wholeNumbers } from './onnx-layer.ts';

/** How far the last window of a pool that rounds up reaches beyond the padded maps, along height and width. */
const overhangs = ({ layer, input, output }: Placed<MaxPool | AvgPool>): [number, number] => {
  const along = (axis: 0 | 1) => {
    const reached = ((output[axis] ?? 1) - 1) * layer.stride + layer.size;
    return Math.max(0, reached - (input[axis] ?? 0) - 2 * layer.padding);
  };
  return [along(0), along(1)];
};

interface Placed<L> extends Omit<ShapedLayer, 'layer'> {
  layer: L;
}

/** Padding behind the last row and column says what `ceil_mode` means to us; runtimes disagree about its divisors. */
function pool(
  op: 'MaxPool' | 'AveragePool',
  placed: Placed<MaxPool | AvgPool>,
  input: string,
  output: string,
): OnnxLayer {
  const { layer, path: name } = placed;
  const { size, stride, padding } = layer;
  const [down, right] = overhangs(placed);
  const attributes = { kernel_shape: square(size), strides: square(stride) };
  const beyond = down > 0 || right > 0;
  if (op === 'MaxPool' || padding === 0 || !beyond) {
    const pads = [padding, padding, padding + down, padding + right];
    // Zeros of the padding count in an average, what lies beyond it does not.
    const counted = op === 'AveragePool' ? { count_include_pad: padding > 0 ? 1 : 0 } : {};
    return {
      nodes: [{ op, name, inputs: [input], output, attributes: { ...attributes, pads, ...counted } }],
      tensors: [],
    };
  }
  // An average that counts its padding and not what lies beyond it: the padding becomes part of the maps.
  const [padded, widths] = [`${name}.padded`, `${name}.padding`];
  const around: OnnxNode = { op: 'Pad', name: padded, inputs: [input, widths], output: padded };
  const average: OnnxNode = {
    op,
    name,
    inputs: [padded],
    output,
    attributes: { ...attributes, pads: [0, 0, down, right], count_include_pad: 0 },
  };
  return {
    nodes: [wholeNumbers(widths, 0, 0, padding, padding, 0, 0, padding, padding), around, average],
    tensors: [],
  };
}

function normalization(layer: Lrn, name: string, input: string, output: string): OnnxLayer {
  const { size, beta, k } = layer;
  if (layer.region === 'across-channels') {
    const attributes = {
      size,
      alpha: { float: alphaOnMean(layer) },
      beta: { float: beta },
      bias: { float: k },
    };
    return { nodes: [{ op: 'LRN', name, inputs: [input], output, attributes }], tensors: [] };
  }
  // ONNX has no normalisation within a channel: x / (k + alpha · mean of squares)^beta, step by step.
  const step = (part: string) => `${name}.${part}`;
  const half = (size - 1) / 2;
  const average = {
    kernel_shape: square(size),
    strides: square(1),
    pads: [half, half, half, half],
    count_include_pad: 1,
  };
  const node = (op: string, part: string, ...inputs: string[]): OnnxNode => ({
    op,
    name: step(part),
    inputs,
    output: step(part),
  });
  return {
    nodes: [
      node('Mul', 'squares', input, input),
      { ...node('AveragePool', 'mean', step('squares')), attributes: average },
      node('Mul', 'scaled', step('mean'), step('alpha')),
      node('Add', 'shifted', step('scaled'), step('k')),
      node('Pow', 'divisor', step('shifted'), step('beta')),
      { op: 'Div', name, inputs: [input, step('divisor')], output },
    ],
    tensors: [
      constant(step('alpha'), [], alphaOnMean(layer)),
      constant(step('k'), [], k),
      constant(step('beta'), [], beta),
    ],
  };
}

const transposed = (values: readonly number[], rows: number): number[] => {
  const columns = values.length / rows;
  return values.map((_, index) => values[(index % rows) * columns + Math.floor(index / rows)] ?? 0);
};

/** Averages over windows of unequal size, as products with matrices from the left and the right. */
function adaptiveAverage(
  { path: name, input: shape }: ShapedLayer,
  windows: number,
  input: string,
  output: string,
): OnnxLayer {
  const [height = 1, width = 1] = shape;
  if (height === windows && width === windows) return { nodes: [same(name, input, output)], tensors: [] };
  if (windows === 1) return { nodes: [{ op: 'GlobalAveragePool', name, inputs: [input], output }], tensors: [] };
  const [rows, columns, down] = [`${name}.rows`, `${name}.columns`, `${name}.down`];
  return {
    nodes: [
      { op: 'MatMul', name: down, inputs: [rows, input], output: down },
      { op: 'MatMul', name, inputs: [down, columns], output },
    ],
    tensors: [
      constant(rows, [windows, height], ...adaptiveAverages(windows, height)),
      constant(columns, [width, windows], ...transposed([...adaptiveAverages(windows, width)], windows)),
    ],
  };
}

const same = (name: string, input: string, output: string): OnnxNode => ({
  op: 'Identity',
  name,
  inputs: [input],
  output,
});

/** The operators that compute a layer of a spec on maps `[batch, channels, height, width]`, weights under their own names. */
export function onnxLayer(placed: ShapedLayer, input: string, output: string): OnnxLayer {
  const { layer, path: name } = placed;
  const one = (op: string, attributes: OnnxNode['attributes'] = {}, ...weights: string[]): OnnxLayer => ({
    nodes: [{ op, name, inputs: [input, ...weights.map((role) => `${name}.${role}`)], output, attributes }],
    tensors: [],
  });
  switch (layer.kind) {
    case 'conv': {
      if (layer.connections) return partialConvolution(layer, placed, input, output);
      const { kernel, stride, padding, groups } = layer;
      const attributes = {
        kernel_shape: square(kernel),
        strides: square(stride),
        pads: [padding, padding, padding, padding],
        group: groups,
      };
      return one('Conv', attributes, 'weight', 'bias');
    }
    case 'dense':
      return one('Gemm', { transB: 1 }, 'weight', 'bias');
    case 'relu':
      return one('Relu');
    case 'tanh':
      return scaledTanh(layer, name, input, output);
    case 'subsample':
      return subsampling(layer, placed, input, output);
    case 'rbf':
      return radialBasis(layer, placed.output[0], name, input, output);
    case 'lrn':
      return normalization(layer, name, input, output);
    case 'maxPool':
      return pool('MaxPool', { ...placed, layer }, input, output);
    case 'avgPool':
      return pool('AveragePool', { ...placed, layer }, input, output);
    case 'adaptiveAvgPool':
      return adaptiveAverage(placed, layer.size, input, output);
    case 'batchNorm':
      return one(
        'BatchNormalization',
        { epsilon: { float: layer.epsilon } },
        'weight',
        'bias',
        'running_mean',
        'running_var',
      );
    case 'flatten':
      return one('Flatten', { axis: 1 });
    // Outside training it changes nothing.
    case 'dropout':
      return { nodes: [same(name, input, output)], tensors: [] };
  }
}
