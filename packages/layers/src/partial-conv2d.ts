import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { groupedConv2d } from '@zoo/kernels';
import { singleMaps, singleMapsShape } from './single-input.ts';

/** Arguments of `PartialConv2D`. */
export interface PartialConv2DArgs {
  name?: string;
  /** For each filter, its input channels, ascending from 0. */
  connections: readonly (readonly number[])[];
  /** Side of the square kernel. */
  kernelSize: number;
  /** Default: 1. */
  stride?: number;
  /** Zeros on each of the four sides. Default: 0. */
  padding?: number;
}

/** Row i has a 1 where connection i stands in a whole filter, `[channels, filters]`. */
function connectionMatrix(connections: readonly (readonly number[])[], channels: number): tf.Tensor2D {
  const filters = connections.length;
  const pairs = connections.flatMap((seen, filter) => seen.map((channel) => channel * filters + filter));
  const matrix = new Float32Array(pairs.length * channels * filters);
  for (const [row, column] of pairs.entries()) matrix[row * channels * filters + column] = 1;
  return tf.tensor2d(matrix, [pairs.length, channels * filters]);
}

/**
 * Convolution whose filters see only some of the input's channels (LeCun et al. 1998, table I: C3 of LeNet-5), with a bias.
 * Weights: kernel `[connections, k, k]`, filter by filter, and bias `[filters]`, both 0 until set. Channels that are not connected have no
 * weight: at every step, a product with a matrix of zeros and ones expands the kernel into a full filter, and maps the gradient back.
 */
export class PartialConv2D extends tfl.layers.Layer {
  static readonly className = 'ZooPartialConv2D';
  private readonly connections: number[][];
  private readonly options: { kernelSize: number; stride: number; padding: number };
  private variables: { kernel: tfl.LayerVariable; bias: tfl.LayerVariable } | undefined;

  constructor({ connections, kernelSize, stride = 1, padding = 0, ...layer }: PartialConv2DArgs) {
    super(layer);
    this.connections = connections.map((seen) => [...seen]);
    this.options = { kernelSize, stride, padding };
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const [, , channels] = singleMapsShape(this.name, inputShape);
    const { connections } = this;
    const { kernelSize } = this.options;
    const filter = connections.findIndex((seen) => seen.length === 0 || seen.some((channel) => !(channel < channels)));
    if (filter >= 0)
      throw new ZooError(
        'spec',
        `${this.name}: filter ${filter} sees channels [${connections[filter]}], expected some of 0 to ${channels - 1}. Fix its connections.`,
      );
    const zeros = tfl.initializers.zeros();
    this.variables = {
      kernel: this.addWeight('kernel', [connections.flat().length, kernelSize, kernelSize], 'float32', zeros),
      bias: this.addWeight('bias', [connections.length], 'float32', zeros),
    };
    this.built = true;
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const { kernelSize, stride, padding } = this.options;
    const [height, width] = singleMapsShape(this.name, inputShape);
    const convolved = (size: number) => Math.floor((size + 2 * padding - kernelSize) / stride) + 1;
    return [null, convolved(height), convolved(width), this.connections.length];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { variables, connections } = this;
    if (!variables) throw new Error(`${this.name} is called before it is built`);
    const { kernelSize, stride, padding } = this.options;
    return tf.tidy(() => {
      const x = singleMaps(this.name, inputs);
      const kernel = tf.reshape(variables.kernel.read(), [-1, kernelSize * kernelSize]);
      const [, , , channels] = x.shape;
      const whole: tf.Tensor4D = tf.reshape(tf.matMul(kernel, connectionMatrix(connections, channels), true), [
        kernelSize,
        kernelSize,
        channels,
        connections.length,
      ]);
      return groupedConv2d(x, whole, { stride, padding, groups: 1 }, variables.bias.read());
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), connections: this.connections, ...this.options };
  }
}
