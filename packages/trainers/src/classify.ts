import type * as tfl from '@tensorflow/tfjs-layers';
import { specOf } from '@zoo/layers/model';
import type { Image } from '@zoo/loaders';
import { preprocess } from './preprocess.ts';
import { probabilities } from './probabilities.ts';

/** A class that a picture may show. */
export interface Prediction {
  label: string;
  probability: number;
}

/** Options of `classify`. */
export interface ClassifyOptions {
  /** Names of the classes, in the order of the logits. Default: their numbers. */
  labels?: readonly string[];
  /** How many guesses a picture. Default: 5. */
  top?: number;
}

/**
 * The likeliest classes of a picture of any size, the likeliest first.
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
