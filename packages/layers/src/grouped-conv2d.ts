import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { groupedConv2d } from '@zoo/kernels';
import { singleMaps, singleMapsShape } from './single-input.ts';

/** Arguments of `GroupedConv2D`. */
export interface GroupedConv2DArgs {
  name?: string;
  filters: number;
  /** Side of the square kernel. */
  kernelSize: number;
  /** Default: 1. */
  stride?: number;
  /** Zeros on each of the four sides. Default: 0. */
  padding?: number;
  /** Default: 1. */
  groups?: number;
}

/**
 * Convolution with groups (paper, section 3.2) and a bias, which `tf.layers.conv2d({ groups })` silently ignores.
 * Weights: kernel `[k, k, channels / groups, filters]` and bias `[filters]`, both 0 until set.
 */
export class GroupedConv2D extends tfl.layers.Layer {
  static readonly className = 'ZooGroupedConv2D';
  private readonly options: Required<Omit<GroupedConv2DArgs, 'name'>>;
  private kernel: tfl.LayerVariable | undefined;
  private bias: tfl.LayerVariable | undefined;

  constructor({ filters, kernelSize, stride = 1, padding = 0, groups = 1, ...layer }: GroupedConv2DArgs) {
    super(layer);
    this.options = { filters, kernelSize, stride, padding, groups };
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const { filters, kernelSize, groups } = this.options;
    const [, , channels] = singleMapsShape(this.name, inputShape);
    if (channels % groups !== 0 || filters % groups !== 0)
      throw new ZooError(
        'spec',
        `${this.name}: ${groups} groups must divide both ${channels} input channels and ${filters} filters. Choose groups that do.`,
      );
    const zeros = tfl.initializers.zeros();
    this.kernel = this.addWeight('kernel', [kernelSize, kernelSize, channels / groups, filters], 'float32', zeros);
    this.bias = this.addWeight('bias', [filters], 'float32', zeros);
    this.built = true;
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const { filters, kernelSize, stride, padding } = this.options;
    const [height, width] = singleMapsShape(this.name, inputShape);
    const convolved = (size: number) => Math.floor((size + 2 * padding - kernelSize) / stride) + 1;
    return [null, convolved(height), convolved(width), filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const kernel = singleMaps(this.name, this.kernel?.read() ?? []);
      return groupedConv2d(singleMaps(this.name, inputs), kernel, this.options, this.bias?.read());
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}
