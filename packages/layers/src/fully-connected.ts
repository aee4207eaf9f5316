import type * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { fullyConnected } from '@zoo/kernels';
import { singleInput } from './single-input.ts';

/** Arguments of `FullyConnected`. */
export interface FullyConnectedArgs {
  name?: string;
  /** Number of outputs per example. */
  units: number;
}

/**
 * `y = x·Wᵀ + b` (`torch.nn.Linear`, Caffe's InnerProduct): vectors `[batch, inputs]` in, `[batch, units]` out.
 * Weights: kernel `[units, inputs]` and bias `[units]`, both 0 until set. A row of the kernel is what one unit looks for, as
 * checkpoints have it; `tf.layers.dense` keeps `[inputs, units]`.
 */
export class FullyConnected extends tfl.layers.Layer {
  static readonly className = 'ZooFullyConnected';
  private readonly units: number;
  private variables: { kernel: tfl.LayerVariable; bias: tfl.LayerVariable } | undefined;

  constructor({ units, ...layer }: FullyConnectedArgs) {
    super(layer);
    if (!Number.isInteger(units) || units < 1)
      throw new ZooError('spec', `${this.name}: units must be a whole number of at least 1, got ${units}.`);
    this.units = units;
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const shape = inputShape.flat();
    const inputs = shape[1];
    if (shape.length !== 2 || !inputs)
      throw new ZooError(
        'spec',
        `${this.name}: needs vectors [batch, inputs] of known size, got [${shape}]. Flatten maps before it.`,
      );
    const zeros = tfl.initializers.zeros();
    this.variables = {
      kernel: this.addWeight('kernel', [this.units, inputs], 'float32', zeros),
      bias: this.addWeight('bias', [this.units], 'float32', zeros),
    };
    this.built = true;
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    return [inputShape.flat()[0] ?? null, this.units];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { variables } = this;
    if (!variables) throw new Error(`${this.name} is called before it is built`);
    const x = singleInput(this.name, inputs);
    if (x.rank !== 2)
      throw new ZooError(
        'data',
        `${this.name}: needs vectors [batch, inputs], got [${x.shape}]. Flatten maps before it.`,
      );
    return fullyConnected(x, variables.kernel.read(), variables.bias.read());
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), units: this.units };
  }
}
