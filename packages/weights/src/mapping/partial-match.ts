import { ZooError } from '@zoo/core';
import type { StoredTensor, TensorFile } from '@zoo/tensor-files';
import { isMatrix, type LaidOutWeight } from '../model-tensors.ts';
import { isBookkeeping, type NamingRule, namingRules } from './by-name.ts';
import { matchByStructure } from './by-structure.ts';
import { fits } from './layout-step.ts';
import type { Match, Pair } from './mapping.ts';
import { movedNames } from './moved-names.ts';

/** A weight whose tensor is in the file, but in another shape. */
export interface Mismatched {
  /** Name in the model. */
  name: string;
  /** Name in the file. */
  from: string;
  /** Shape in the file. */
  shape: readonly number[];
  /** Shape that the model needs, in PyTorch's layout. */
  expected: readonly number[];
}

/** A partial match: some of the network's weights, or none. */
export interface PartialMatch {
  match?: Match;
  mismatched: readonly Mismatched[];
  /** Names of the weights that are not in the file. */
  missing: readonly string[];
}

/** Layers in order, with their weights. */
function byLayer(weights: readonly LaidOutWeight[]): LaidOutWeight[][] {
  const layers = new Map<string, LaidOutWeight[]>();
  for (const weight of weights) {
    const { path } = weight.layer;
    layers.set(path, [...(layers.get(path) ?? []), weight]);
  }
  return [...layers.values()];
}

const namesOf = (weights: readonly LaidOutWeight[]): string[] => weights.map(({ name }) => name);

/**
 * What one kind of names gives. A layer whose tensors are of other shapes, or whose filters are missing, begins anew as a whole:
 * a bias belongs to the filters that it was trained with.
 */
function matchByRule(file: TensorFile, weights: readonly LaidOutWeight[], rule: NamingRule): Required<PartialMatch> {
  const pairs: Pair[] = [];
  const mismatched: Mismatched[] = [];
  const missing: string[] = [];
  for (const layer of byLayer(weights)) {
    const found = layer.flatMap((weight): Pair[] => {
      const tensor = rule.find(file, weight);
      return tensor ? [{ weight, tensor }] : [];
    });
    missing.push(...namesOf(layer.filter((weight) => !found.some((pair) => pair.weight === weight))));
    const others = found.filter(({ weight, tensor }) => !fits(tensor.shape, weight, rule.family));
    mismatched.push(
      ...others.map(({ weight: { name, shape: expected }, tensor: { name: from, shape } }) => ({
        name,
        from,
        shape,
        expected,
      })),
    );
    const hasFilters = layer.filter(isMatrix).every((weight) => found.some((pair) => pair.weight === weight));
    if (others.length === 0 && hasFilters) pairs.push(...found);
  }
  const useful = pairs.some(({ weight }) => isMatrix(weight));
  return { match: { rule: rule.rule, family: rule.family, pairs: useful ? pairs : [] }, mismatched, missing };
}

/** At least this many of the first layers have to fit where only order and shapes speak. */
const minGuessedLayers = 2;

/** The first layers, as many as the order and shapes of a file's tensors give. */
function firstLayers(weights: readonly LaidOutWeight[], tensors: readonly StoredTensor[]): Match | undefined {
  const layers = byLayer(weights);
  for (let count = layers.length; count >= minGuessedLayers; count--) {
    const match = matchByStructure(layers.slice(0, count).flat(), tensors);
    if (!('problem' in match)) return match;
  }
  return undefined;
}

/**
 * What a file gives of a network, where it does not give all: by the names of one kind, also behind a prefix of the file or without
 * one of the model, and where no names fit, the first layers by order and shape.
 *
 * @throws ZooError `weights` where two parts of the file could be the same layers.
 */
export function findPartialMatch(file: TensorFile, weights: readonly LaidOutWeight[]): PartialMatch {
  const plain = namingRules.map((rule) => matchByRule(file, weights, rule));
  const moved = movedNames(file, weights).map((rule) => matchByRule(file, weights, rule));
  const named = [...plain, ...moved];
  const most = named.reduce((count, { match }) => Math.max(count, match.pairs.length), 0);
  const [best, ...ties] = named.filter(({ match }) => match.pairs.length === most);
  if (!best) return { mismatched: [], missing: [] };
  if (most > 0) {
    // Names that fit as they are come before names in other places.
    const rival = plain.includes(best) ? undefined : ties.find(({ match }) => isOther(match, best.match));
    if (!rival) return best;
    throw new ZooError(
      'weights',
      `${file.name}: ${best.match.pairs[0]?.tensor.name} and ${rival.match.pairs[0]?.tensor.name} could each be ${best.match.pairs[0]?.weight.name}. Save the one that you mean in a file of its own.`,
    );
  }
  const guess = firstLayers(
    weights,
    [...file.tensors.values()].filter(({ name }) => !isBookkeeping(name)),
  );
  if (guess) {
    const loaded = new Set(guess.pairs.map(({ weight }) => weight));
    return { match: guess, mismatched: [], missing: namesOf(weights.filter((weight) => !loaded.has(weight))) };
  }
  const [{ mismatched, missing } = best] = named.toSorted((a, b) => b.mismatched.length - a.mismatched.length);
  return { mismatched, missing };
}

/** Whether two matches take different tensors, or the same for different weights. */
const isOther = (a: Match, b: Match): boolean =>
  a.pairs.some(({ tensor, weight }, index) => tensor !== b.pairs[index]?.tensor || weight !== b.pairs[index]?.weight);

const some = (names: readonly string[]): string =>
  names.length === 0 ? 'no tensors' : `${names.slice(0, 4).join(', ')}${names.length > 4 ? ', ...' : ''}`;

/** The error for a file that gives nothing. */
export function noPart(
  file: TensorFile,
  weights: readonly LaidOutWeight[],
  mismatched: readonly Mismatched[],
): ZooError {
  const [first] = mismatched;
  const why = first
    ? `${first.from} is [${first.shape}], but the model needs [${first.expected}], and nothing else fits`
    : `it has ${some([...file.tensors.keys()])}, and the model needs ${some(namesOf(weights))}`;
  return new ZooError(
    'weights',
    `${file.name}: fits no layer of the network, by names or by order and shapes: ${why}. Choose the preset and options that the file was written with.`,
  );
}
