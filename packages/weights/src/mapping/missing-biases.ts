import type { StoredTensor, TensorFile } from '@zoo/tensor-files';
import type { DerivedStep } from '../derived/derived.ts';
import type { WholeWeights } from '../derived/with-derived.ts';
import type { LaidOutWeight } from '../model-tensors.ts';
import { namingRules } from './by-name.ts';
import type { Match, Pair } from './mapping.ts';

const isIn = (file: TensorFile, weight: LaidOutWeight): boolean =>
  namingRules.some(({ find }) => find(file, weight) !== undefined);

/**
 * Weights that a network with batch normalisation need not have: biases of the layers in front of it, which it takes away (bias=False), and
 * its own factors and shifts where it has neither (affine=False). None of a file that has them.
 */
export function dispensable(file: TensorFile, weights: readonly LaidOutWeight[]): LaidOutWeight[] {
  const paths = [...new Set(weights.map(({ layer: { path } }) => path))];
  const of = (path: string | undefined) => weights.filter(({ layer }) => layer.path === path);
  return paths.flatMap((path, at): LaidOutWeight[] => {
    const own = of(path);
    if (own[0]?.layer.layer.kind === 'batchNorm') {
      const affine = own.filter(({ role }) => role === 'weight' || role === 'bias');
      const has = own.some((weight) => weight.role === 'running_mean' && isIn(file, weight));
      return has && !affine.some((weight) => isIn(file, weight)) ? affine : [];
    }
    const [next] = of(paths[at + 1]);
    if (next?.layer.layer.kind !== 'batchNorm') return [];
    return own.filter((weight) => weight.role === 'bias' && !isIn(file, weight));
  });
}

/** The weights that a file has to have, without those. */
export const indispensable = (weights: readonly LaidOutWeight[], spare: readonly LaidOutWeight[]): LaidOutWeight[] =>
  weights.filter((weight) => !spare.includes(weight));

/** A bias of zeros, a factor of ones. */
const filled = ({ name, shape, role }: LaidOutWeight): StoredTensor => ({
  name,
  dtype: 'F32',
  shape,
  read: async () => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(role === 'weight' ? 1 : 0),
});

/** A match with zeros and ones in the place of what its layers do not have, in the order of the weights. */
export function withMissing(
  whole: WholeWeights,
  match: Match,
  weights: readonly LaidOutWeight[],
  spare: readonly LaidOutWeight[],
): { whole: WholeWeights; match: Match } {
  const found = new Map(match.pairs.map((pair) => [pair.weight, pair]));
  const layers = new Set(match.pairs.map(({ weight }) => weight.layer.path));
  const made = new Map<LaidOutWeight, Pair>();
  const derived = new Map<StoredTensor, DerivedStep>(whole.derived);
  for (const weight of spare) {
    if (found.has(weight) || !layers.has(weight.layer.path)) continue;
    const tensor = filled(weight);
    made.set(weight, { weight, tensor });
    derived.set(tensor, 'left out');
  }
  const pairs = weights.flatMap((weight) => found.get(weight) ?? made.get(weight) ?? []);
  return { whole: { ...whole, derived }, match: { ...match, pairs } };
}
