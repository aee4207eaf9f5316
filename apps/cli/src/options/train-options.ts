import type { BackendOptions } from './backend-options.ts';
import type { NetworkOptions } from './network-options.ts';
import type { RecipeOptions } from './recipe-options.ts';

/** Everything that `zoo train` understands, under the names that commander gives. */
export interface TrainOptions extends NetworkOptions, RecipeOptions, BackendOptions {
  data?: string;
  train?: string;
  val?: string;
  skipDamaged?: true;
  limit?: number;
  maxMinutes?: number;
  seed?: number;
  weights?: string;
  key?: string;
  partial?: true;
  recipe?: string;
  freeze?: string[];
  out?: string;
  overwrite?: true;
  resume?: string;
  workers?: number;
  keepBest?: true;
  tensorboard?: true;
  json?: true;
}
