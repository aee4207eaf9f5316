import { ZooError } from '@zoo/core';
import type { TensorFile } from '@zoo/tensor-files';
import type { LaidOutWeight } from '../model-tensors.ts';
import { type NamingRule, namingRules } from './by-name.ts';
import { matchByStructure } from './by-structure.ts';
import { fits } from './layout-step.ts';
import type { Match, Pair } from './mapping.ts';
import { prefixedNames } from './moved-names.ts';

const equal = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

/** Whether a weight belongs to the layer that gives the logits. */
export const isHead = ({ layer: { layer } }: LaidOutWeight): boolean =>
  layer.kind === 'dense' && layer.units === 'classes';

function advice(weight: LaidOutWeight, stored: readonly number[]): string {
  const [classes] = stored;
  return isHead(weight) && equal(weight.shape.slice(1), stored.slice(1))
    ? `The file is for ${classes} classes, the model for ${weight.shape[0]}: build it with classes: ${classes}, or load with head: 'new' to keep only what comes before.`
    : 'Build the model with the preset and options that the file was written with, or load with strict: false to leave such layers as the model was built.';
}

function requireShapes(file: TensorFile, { pairs, family }: Match): void {
  for (const { weight, tensor } of pairs) {
    // What cannot be read has a shape of its own, as packed numbers have.
    if (tensor.unreadable) throw tensor.unreadable;
    if (!fits(tensor.shape, weight, family))
      throw new ZooError(
        'weights',
        `${file.name}: ${tensor.name} is [${tensor.shape}], but the model needs [${weight.shape}]. ${advice(weight, tensor.shape)}`,
      );
  }
}

const some = (names: readonly string[]): string =>
  names.length === 0 ? 'no tensors' : `${names.slice(0, 4).join(', ')}${names.length > 4 ? ', ...' : ''}`;

/** The tensors of all weights by one kind of names; undefined as soon as one is missing. */
export function pairsOf(
  file: TensorFile,
  weights: readonly LaidOutWeight[],
  { find }: Pick<NamingRule, 'find'>,
): Pair[] | undefined {
  const pairs: Pair[] = [];
  for (const weight of weights) {
    const tensor = find(file, weight);
    if (!tensor) return undefined;
    pairs.push({ weight, tensor });
  }
  return pairs;
}

/** What one kind of names gives, where it gives every weight. */
function whole(file: TensorFile, weights: readonly LaidOutWeight[], rule: NamingRule): Match | undefined {
  const pairs = pairsOf(file, weights, rule);
  return pairs && { rule: rule.rule, family: rule.family, pairs };
}

/** The error for networks behind several prefixes, by keys that choose one: an encoder and its momentum copy. */
function severalNetworks({ name }: TensorFile, networks: readonly Match[]): ZooError {
  const keys = networks.flatMap(({ pairs: [first] }) =>
    first ? [first.tensor.name.slice(0, -first.weight.name.length).replace(/\.$/, '')] : [],
  );
  return new ZooError(
    'weights',
    `${name}: ${keys.slice(0, 4).join(' and ')} each hold weights that fit, and the names do not tell which is the network. Choose by key: '${keys[0]}' or key: '${keys[1]}'.`,
  );
}

/**
 * Finds every weight's tensor in a file: by names, and where no kind of names gives all of them, by order and shape.
 *
 * @throws ZooError `weights` saying what is missing, of another shape, or ambiguous.
 */
export function findMatch(file: TensorFile, weights: readonly LaidOutWeight[]): Match {
  const named = namingRules.map((rule) => whole(file, weights, rule)).find((match) => match !== undefined);
  const prefixed = named ? [] : prefixedNames(file, weights).flatMap((rule) => whole(file, weights, rule) ?? []);
  // Behind two prefixes there are two networks: which one is meant, names do not say.
  const [inPrefix, ...others] = prefixed;
  if (inPrefix && others.length > 0) throw severalNetworks(file, prefixed);
  const byName = named ?? inPrefix;
  if (byName) {
    requireShapes(file, byName);
    return byName;
  }
  const match = matchByStructure(weights, file.tensors.values());
  if (!('problem' in match)) return match;
  const missing = weights.filter((weight) => namingRules.every(({ find }) => !find(file, weight)));
  const [first] = missing;
  const there = weights.length - missing.length;
  const has = `it has ${some([...file.tensors.keys()])}`;
  if (first && there > 0)
    throw new ZooError(
      'weights',
      `${file.name}: has no tensor ${first.name}, it lacks ${missing.length} of ${weights.length} (${some(missing.map(({ name }) => name))}); ${has}. Choose the preset and options that the file was written with, or load with strict: false to leave what is missing as the model was built.`,
    );
  const names = first ? `has no tensor ${first.name}; ${has}` : 'has names of several kinds';
  throw new ZooError(
    'weights',
    `${file.name}: ${names}; and by order and shape, ${match.problem}. Choose the preset and options that the file was written with.`,
  );
}
