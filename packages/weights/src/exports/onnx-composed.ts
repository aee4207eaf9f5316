import type { Conv, Rbf, ShapedLayer, Subsample, Tanh } from '@zoo/spec';
import type { OnnxNode } from '@zoo/tensor-files/onnx';
import { constant, type OnnxLayer, square, wholeNumbers } from './onnx-layer.ts';

/** Layers that ONNX has no operator for, each as a few that it has. The last bears the layer's own name. */

const node = (
  op: string,
  output: string,
  inputs: readonly string[],
  attributes?: OnnxNode['attributes'],
): OnnxNode => ({
  op,
  name: output,
  inputs,
  output,
  ...(attributes && { attributes }),
});

/** `amplitude · tanh(gain · x)` */
export function scaledTanh({ amplitude, gain }: Tanh, name: string, input: string, output: string): OnnxLayer {
  const step = (part: string) => `${name}.${part}`;
  if (amplitude === 1 && gain === 1) return { nodes: [{ ...node('Tanh', output, [input]), name }], tensors: [] };
  return {
    nodes: [
      node('Mul', step('scaled'), [input, step('gain')]),
      node('Tanh', step('tanh'), [step('scaled')]),
      { ...node('Mul', output, [step('tanh'), step('amplitude')]), name },
    ],
    tensors: [constant(step('gain'), [], gain), constant(step('amplitude'), [], amplitude)],
  };
}

/** `weight · Σ window + bias`: a mean of the window, times its size, with weight and bias laid along the channels. */
export function subsampling(
  { size }: Subsample,
  { path: name, input: shape }: Pick<ShapedLayer, 'path' | 'input'>,
  input: string,
  output: string,
): OnnxLayer {
  const channels = shape.at(-1) ?? 0;
  const step = (part: string) => `${name}.${part}`;
  return {
    nodes: [
      node('AveragePool', step('mean'), [input], { kernel_shape: square(size), strides: square(size) }),
      node('Mul', step('sum'), [step('mean'), step('area')]),
      wholeNumbers(step('shape'), channels, 1, 1),
      node('Reshape', step('factor'), [`${name}.weight`, step('shape')]),
      node('Reshape', step('shift'), [`${name}.bias`, step('shape')]),
      node('Mul', step('weighted'), [step('sum'), step('factor')]),
      { ...node('Add', output, [step('weighted'), step('shift')]), name },
    ],
    tensors: [constant(step('area'), [], size * size)],
  };
}

/** A table of connections: a product with a matrix of zeros and ones spreads the kernel into a whole filter. */
export function partialConvolution(
  { connections = [], filters, kernel, stride, padding }: Conv,
  { path: name, input: shape }: Pick<ShapedLayer, 'path' | 'input'>,
  input: string,
  output: string,
): OnnxLayer {
  const step = (part: string) => `${name}.${part}`;
  const channels = shape.at(-1) ?? 0;
  const places = connections.flatMap((seen, filter) => seen.map((channel) => filter * channels + channel));
  const spread = {
    name: step('connections'),
    shape: [filters * channels, places.length],
    data() {
      const matrix = new Float32Array(filters * channels * places.length);
      for (const [column, row] of places.entries()) matrix[row * places.length + column] = 1;
      return matrix;
    },
  };
  return {
    nodes: [
      wholeNumbers(step('flat'), places.length, kernel * kernel),
      node('Reshape', step('rows'), [`${name}.weight`, step('flat')]),
      node('MatMul', step('spread'), [step('connections'), step('rows')]),
      wholeNumbers(step('shape'), filters, channels, kernel, kernel),
      node('Reshape', step('filter'), [step('spread'), step('shape')]),
      {
        ...node('Conv', output, [input, step('filter'), `${name}.bias`], {
          kernel_shape: square(kernel),
          strides: square(stride),
          pads: [padding, padding, padding, padding],
        }),
        name,
      },
    ],
    tensors: [spread],
  };
}

/** `−Σ (x − code)²` for each code. */
export function radialBasis({ codes }: Rbf, classes: number, name: string, input: string, output: string): OnnxLayer {
  const step = (part: string) => `${name}.${part}`;
  const used = codes.slice(0, classes);
  return {
    nodes: [
      wholeNumbers(step('axis'), 1),
      node('Unsqueeze', step('rows'), [input, step('axis')]),
      node('Sub', step('differences'), [step('rows'), step('codes')]),
      node('ReduceSumSquare', step('distances'), [step('differences')], { axes: [2], keepdims: 0 }),
      { ...node('Neg', output, [step('distances')]), name },
    ],
    tensors: [constant(step('codes'), [used.length, used[0]?.length ?? 0], ...used.flat())],
  };
}
