import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { singleInput } from './single-input.ts';

/**
 * Euclidean radial basis functions with fixed centres: `y = −Σ (x − code)²` for each code; vectors `[batch, inputs]` in,
 * `[batch, codes]` out (LeCun et al. 1998, section II.B, there without the sign). Learns nothing.
 * With cross-entropy on these logits, training has the paper's criterion (equation 9) but for its constant class `e⁻ʲ`.
 */
export class EuclideanRBF extends tfl.layers.Layer {
  static readonly className = 'ZooEuclideanRBF';
  private readonly codes: number[][];

  constructor({ codes, ...layer }: { codes: readonly (readonly number[])[]; name?: string }) {
    super(layer);
    const [first] = codes;
    if (!first || first.length === 0 || codes.some(({ length }) => length !== first.length))
      throw new ZooError(
        'spec',
        `${this.name}: needs codes of one length, got lengths [${codes.map(({ length }) => length)}].`,
      );
    this.codes = codes.map((code) => [...code]);
  }

  override computeOutputShape(): tfl.Shape {
    return [null, this.codes.length];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { codes } = this;
    const x = singleInput(this.name, inputs);
    const wanted = codes[0]?.length;
    if (x.rank !== 2 || x.shape[1] !== wanted)
      throw new ZooError(
        'data',
        `${this.name}: needs vectors [batch, ${wanted}], as long as its codes, got [${x.shape}].`,
      );
    return tf.tidy(() => {
      const differences = tf.sub(tf.expandDims(x, 1), tf.tensor2d(codes));
      return tf.neg(tf.sum(tf.square(differences), 2));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), codes: this.codes };
  }
}
