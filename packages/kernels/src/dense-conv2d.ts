import * as tf from '@tensorflow/tfjs-core';
import { takesExplicitPadding } from './backend-abilities.ts';

type Pair = [number, number];

/** Sets zeros between the taps of one axis: `[a, b]` with dilation 2 becomes `[a, 0, b]`. */
function spread(filter: tf.Tensor4D, axis: 0 | 1, dilation: number): tf.Tensor4D {
  const [height, width, inChannels, outChannels] = filter.shape;
  const taps = axis === 0 ? height : width;
  const [before, after] = axis === 0 ? [1, width * inChannels * outChannels] : [height, inChannels * outChannels];
  const reach = (taps - 1) * dilation + 1;
  const padded = tf.pad(tf.reshape(filter, [before, taps, 1, after]), [
    [0, 0],
    [0, 0],
    [0, dilation - 1],
    [0, 0],
  ]);
  const cut = tf.slice(tf.reshape(padded, [before, taps * dilation, after]), [0, 0, 0], [before, reach, after]);
  return tf.reshape(
    cut,
    axis === 0 ? [reach, width, inChannels, outChannels] : [height, reach, inChannels, outChannels],
  );
}

/** Convolution of one group, differentiable on every backend. */
export function denseConv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  { stride, padding, dilation }: { stride: number; padding: number; dilation: number },
): tf.Tensor4D {
  return tf.tidy(() => {
    // tfjs has no gradient of dilated convolutions; spelling the zeros out has one.
    const taps = dilation === 1 ? filter : spread(spread(filter, 0, dilation), 1, dilation);
    if (padding === 0) return tf.conv2d(x, taps, stride, 'valid');
    // Spelt out, because for padding by one number tfjs takes the filter to be square.
    const around: [Pair, Pair, Pair, Pair] = [
      [0, 0],
      [padding, padding],
      [padding, padding],
      [0, 0],
    ];
    if (takesExplicitPadding()) return tf.conv2d(x, taps, stride, around);
    // What keeps the size has a name, and does without the pixels around: a quarter less for the gradient of a 13x13 input.
    const [height, width] = taps.shape;
    if (stride === 1 && height === 2 * padding + 1 && width === height) return tf.conv2d(x, taps, 1, 'same');
    return tf.conv2d(tf.pad(x, around), taps, stride, 'valid');
  });
}
