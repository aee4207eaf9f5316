import type { StoredTensor, TensorFile } from '@zoo/tensor-files';
import type { DerivedStep } from '../derived/derived.ts';
import type { WholeWeights } from '../derived/with-derived.ts';
import type { LaidOutWeight } from '../model-tensors.ts';
import { isBookkeeping, namingRules } from './by-name.ts';
import { movedNames } from './moved-names.ts';

/** Several dictionaries of a file that are parts of one network: an encoder and a head. */
export interface Joined {
  /** Where the parts lie in the file. */
  places: readonly string[];
  /** The parts as one dictionary, by the names that the network has; each tensor's own name begins with its part's place. */
  whole: WholeWeights;
}

/** The tensors of one dictionary as weights of a network, by one kind of names. */
interface Reading {
  /** The dictionary's number. */
  at: number;
  /** Parts of one network are named alike. */
  kind: string;
  /** By the names of the weights: the tensor, and the name by which its kind of names finds it. */
  found: ReadonlyMap<string, { tensor: StoredTensor; name: string }>;
}

/** Gradients and moments of an optimiser have the shapes of weights. */
export const isOfOptimizer = (place: string): boolean => /(?:^|[._])(?:grad|optim|exp_avg|moment)/i.test(place);

/** `a.b.` and `b.` of `a.b`, and nothing: what a place may add to the names of its tensors. */
const prefixesOf = (place: string): string[] => {
  const parts = place.split('.');
  return ['', ...(place === '' ? [] : parts.map((_, from) => `${parts.slice(-1 - from).join('.')}.`))];
};

/**
 * How the tensors of a dictionary are weights, all of them: a part of a network holds nothing else. By their names, which the
 * dictionary's own may complete (`features` in front of `0.weight`); without such, in any place of the network that they fit by name.
 */
function readingsOf(
  file: TensorFile,
  at: number,
  tensors: TensorFile['tensors'],
  weights: readonly LaidOutWeight[],
): Reading[] {
  const own = [...tensors].filter(([name]) => !isBookkeeping(name));
  if (own.length === 0 || own.length >= weights.length) return [];
  const read = (prefix: string, rules: readonly (typeof namingRules)[number][]): Reading[] => {
    const named = new Map(own.map(([name, tensor]) => [prefix + name, tensor]));
    const part = { ...file, tensors: named };
    return rules.flatMap((rule): Reading[] => {
      const names = new Map([...named].map(([name, tensor]) => [tensor, name]));
      const found = new Map(
        weights.flatMap((weight): [string, { tensor: StoredTensor; name: string }][] => {
          const tensor = rule.find(part, weight);
          const name = rule.rule === 'spec' ? weight.name : tensor && names.get(tensor);
          return tensor && name !== undefined ? [[weight.name, { tensor, name }]] : [];
        }),
      );
      const used = new Set([...found.values()].map(({ tensor }) => tensor));
      const isAll = found.size === own.length && used.size === own.length;
      return isAll ? [{ at, kind: `${rule.rule} ${rule.family}`, found }] : [];
    });
  };
  const named = prefixesOf(file.places?.[at] ?? '').flatMap((prefix) => read(prefix, namingRules));
  const readings = named.length > 0 ? named : read('', movedNames({ ...file, tensors: new Map(own) }, weights));
  const keyOf = ({ kind, found }: Reading) => `${kind} ${[...found].map(([weight, { name }]) => `${weight}=${name}`)}`;
  return [...new Map(readings.map((reading) => [keyOf(reading), reading])).values()];
}

/** Combinations that are tried, and those that are kept: two are one too many already. */
const [mostTried, mostKept] = [2 ** 12, 16];

/** Every choice of readings of different dictionaries that gives each weight once. */
function combinations(readings: readonly Reading[], weights: readonly LaidOutWeight[]): Reading[][] {
  const complete: Reading[][] = [];
  let tried = 0;
  const choose = (chosen: readonly Reading[]): void => {
    const next = weights.find(({ name }) => !chosen.some(({ found }) => found.has(name)));
    if (!next) {
      if (chosen.length > 1) complete.push([...chosen]);
      return;
    }
    for (const reading of readings) {
      if (++tried > mostTried || complete.length >= mostKept) return;
      const joins = chosen.every(
        ({ at, kind, found }) =>
          at !== reading.at && kind === reading.kind && ![...reading.found.keys()].some((name) => found.has(name)),
      );
      if (joins && reading.found.has(next.name)) choose([...chosen, reading]);
    }
  };
  choose([]);
  return tried > mostTried ? [] : complete;
}

/**
 * The ways to put dictionaries of a file together so that by names each weight is in one of them, and nothing is left over. Whether
 * the shapes fit is another question.
 *
 * @param dictionaries Those of the file, in the order of its places, their derived weights computed.
 */
export function joinedDictionaries(
  file: TensorFile,
  dictionaries: readonly WholeWeights[],
  weights: readonly LaidOutWeight[],
): Joined[] {
  const { places = [] } = file;
  if (dictionaries.length < 2) return [];
  const readings = dictionaries.flatMap(({ tensors }, at) =>
    isOfOptimizer(places[at] ?? '') ? [] : readingsOf(file, at, tensors, weights),
  );
  return combinations(readings, weights).map((parts) => {
    const tensors = new Map<string, StoredTensor>();
    const derived = new Map<StoredTensor, DerivedStep>();
    for (const { at, found } of parts)
      for (const { tensor, name } of found.values()) {
        const place = places[at] ?? '';
        const placed = { ...tensor, name: place === '' ? tensor.name : `${place}.${tensor.name}` };
        tensors.set(name, placed);
        const step = dictionaries[at]?.derived.get(tensor);
        if (step) derived.set(placed, step);
      }
    return { places: parts.map(({ at }) => places[at] ?? ''), whole: { ...file, tensors, derived } };
  });
}
