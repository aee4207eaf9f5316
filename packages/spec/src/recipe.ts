import type { Augmentation } from './augmentation.ts';

/** How a network is trained, as data: as its authors published it, or as tuned here. */
export interface Recipe {
  /** Where the numbers come from. */
  source: string;
  /**
   * Number of training examples that it is made for: `recipeFor` chooses another recipe for less than a tenth of them.
   * Default: it is for any number.
   */
  examples?: number;
  epochs: number;
  batchSize: number;
  optimizer: Optimizer;
  schedule: Schedule;
  /** What is done to training pictures, step by step, besides scaling and normalising; without a crop their middle is cut out. */
  augment: readonly Augmentation[];
}

/** A recipe that is known by its name. */
export interface NamedRecipe {
  /** What it is, in one line. */
  title: string;
  /** The preset of the family that it was made for. It trains others too. */
  preset: string;
  recipe: Recipe;
}

/**
 * Stochastic gradient descent with momentum. `convention` says where the learning rate enters:
 * `caffe` (and the paper, section 5): `v ← μv − lr·(g + λw), w ← w + v`;
 * `pytorch`: `v ← μv + g + λw, w ← w − lr·v`. Equal only while the rate is constant.
 */
export interface Sgd {
  kind: 'sgd';
  learningRate: number;
  momentum: number;
  weightDecay: number;
  convention: 'caffe' | 'pytorch';
}

/** Adam (Kingma and Ba 2015). `weightDecay` is added to the gradient, as in `torch.optim.Adam`. */
export interface Adam {
  kind: 'adam';
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
}

export type Optimizer = Sgd | Adam;

/** The learning rate over time, as a factor on the optimiser's. */
export type Schedule =
  | { kind: 'constant' }
  /** Multiplied by `factor` after each of these epochs. */
  | { kind: 'step'; after: readonly number[]; factor: number }
  /** Multiplied by `factor` when the validation loss has not improved for `patience` epochs (paper, section 5, by hand). */
  | { kind: 'plateau'; patience: number; factor: number }
  /** Rises linearly over the first `warmup` share of all steps, then falls to nothing along a cosine. */
  | { kind: 'cosine'; warmup: number };
