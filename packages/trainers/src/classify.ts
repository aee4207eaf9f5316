import type * as tfl from '@tensorflow/tfjs-layers';
import { specOf } from '@zoo/layers/model';
import type { Image } from '@zoo/loaders';
import { preprocess } from './preprocess.ts';
import { probabilities } from './probabilities.ts';

/** A predicted class with its probability. */
export interface Prediction {
  label: string;
  probability: number;
}

/** Options of `classify`. */
export interface ClassifyOptions {
  /** Names of the classes, in the order of the logits. Default: their numbers. */
  labels?: readonly string[];
  /** How many predictions per picture. Default: 5. */
  top?: number;
}

/**
 * The most probable classes of a picture of any size, in descending order of probability.
 *
 * @throws ZooError `data` when the picture's channels are not the network's, `not-finite` where it gives NaN, naming the weight that is broken.
 */
export async function classify(
  model: tfl.LayersModel,
  image: Image,
  { labels, top = 5 }: ClassifyOptions = {},
): Promise<Prediction[]> {
  const [row = new Float32Array()] = await probabilities(model, preprocess('classify', specOf(model), image));
  return Array.from(row, (probability, index) => ({ label: labels?.[index] ?? String(index), probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
