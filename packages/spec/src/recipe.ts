import type { Augmentation } from './augmentation.ts';
import type { Refinements } from './refinements.ts';

/** How a network is trained, as data: as its authors published it, or as tuned here. */
export interface Recipe extends Refinements {
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
  /** One with which it is known to learn, where with others the network dies in the first steps. Default: any, such as 0. */
  seed?: number;
}

/**
 * Stochastic gradient descent with momentum. `convention` says where the learning rate enters:
 * `caffe` (and the paper, section 5): `v ← μv − lr·(g + λw), w ← w + v`;
 * `pytorch`: `v ← μv + g + λw, w ← w − lr·v`. Equal only while the rate is constant.
 * `nesterov` goes by the velocity after the next step: `caffe` (Caffe's NesterovSolver) `w ← w + μv − lr·(g + λw)`,
 * `pytorch` `w ← w − lr·(g + λw + μv)`, both with the new `v`. Default: false.
 */
export interface Sgd {
  kind: 'sgd';
  learningRate: number;
  momentum: number;
  weightDecay: number;
  convention: 'caffe' | 'pytorch';
  nesterov?: boolean;
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

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019): `w ← (1 − lr·λ)·w` before the step of Adam, which does not see the
 * decay, as in `torch.optim.AdamW`.
 */
export interface AdamW extends Omit<Adam, 'kind'> {
  kind: 'adamw';
}

export type Optimizer = Sgd | Adam | AdamW;

/** The learning rate over time, as a factor on the optimiser's. */
export type Schedule = ScheduleShape & {
  /**
   * Share of all steps over which the rate rises linearly to where the schedule begins. What goes by steps (cosine, one-cycle,
   * polynomial) takes the rest of the steps; what goes by epochs counts all of them. Default: 0.
   */
  warmup?: number;
};

type ScheduleShape =
  | { kind: 'constant' }
  | {
      /** Multiplied by `factor` after each of these epochs. */
      kind: 'step';
      after: readonly number[];
      factor: number;
    }
  | {
      /**
       * Multiplied by `factor` when the validation loss has not improved for `patience` epochs (paper, section 5, by hand). As
       * PyTorch's ReduceLROnPlateau: a loss is better when it is below `1 − threshold` times the best (default 0); for `cooldown` epochs after
       * a reduction none count (default 0); the factor never falls below `least` (default 0).
       */
      kind: 'plateau';
      patience: number;
      factor: number;
      threshold?: number;
      cooldown?: number;
      least?: number;
    }
  | {
      /** Falls to nothing along half a cosine. */
      kind: 'cosine';
    }
  | {
      /**
       * Rises from `from` to 1 over the `rise` share of the steps and falls to `to`, along cosines (Smith and Topin 2018), as PyTorch's
       * OneCycleLR; the momentum stays.
       */
      kind: 'one-cycle';
      rise: number;
      from: number;
      to: number;
    }
  | {
      /** `(1 − steps / all steps)^power`: Caffe's `poly`, PyTorch's PolynomialLR. */
      kind: 'polynomial';
      power: number;
    };
