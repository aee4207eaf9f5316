import * as tf from '@tensorflow/tfjs-core';

/** A convolution of AlexNet's inner kind, 3 x 3 from 64 to 64 channels over 14 x 14 pixels: multiplications and additions of one picture. */
const operations = 2 * 14 * 14 * 9 * 64 * 64;
const maxBatch = 1024;

/** Seconds that one batch takes, its result read back. */
async function seconds(batch: number): Promise<number> {
  const [x, filter] = [tf.ones<tf.Rank.R4>([batch, 14, 14, 64]), tf.ones<tf.Rank.R4>([3, 3, 64, 64])];
  const once = async (): Promise<number> => {
    const start = performance.now();
    const sum = tf.tidy(() => tf.sum(tf.conv2d(x, filter, 1, 'same')));
    await sum.data();
    sum.dispose();
    return (performance.now() - start) / 1000;
  };
  try {
    await once();
    return Math.min(await once(), await once());
  } finally {
    tf.dispose([x, filter]);
  }
}

/** Billions of operations a second that the backend in use does in a convolution, as a quick look shows: batches grow until one takes 20 ms. */
export async function quickSpeed(): Promise<number> {
  let batch = 1;
  let time = await seconds(batch);
  while (time < 0.02 && batch < maxBatch) {
    batch *= 4;
    time = await seconds(batch);
  }
  return (batch * operations) / time / 1e9;
}
