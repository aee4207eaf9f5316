import { ZooError } from '@zoo/core';
import type { TensorFile } from '@zoo/tensor-files';
import { isWhole } from '../derived/scaled.ts';
import { type WholeWeights, withDerived } from '../derived/with-derived.ts';
import type { LaidOutWeight } from '../model-tensors.ts';
import { isCounter } from './by-name.ts';
import { chooseJoined } from './choose-joined.ts';
import { findMatch, isHead } from './find-match.ts';
import { shardHint, withHints } from './hints.ts';
import { isOfOptimizer, type Joined, joinedDictionaries } from './joined.ts';
import type { Match } from './mapping.ts';
import { dispensable, indispensable, withMissing } from './missing-biases.ts';
import { findPartialMatch, type Mismatched, noPart } from './partial-match.ts';
import { isUsual } from './usual-keys.ts';

/** Which layers a file has to have. */
export interface MatchOptions {
  /** As `FillOptions.head`. */
  head: 'keep' | 'new' | 'fit';
  /** As `FillOptions.strict`. */
  strict: boolean;
}

/** The tensors of a file that become weights. */
export interface FileMatch {
  /** The file with the dictionary that fits, its derived weights computed. */
  whole: WholeWeights;
  match: Match;
  /** Tensors whose names fit, but not their shapes. */
  mismatched: readonly Mismatched[];
  /** Names of the weights that are not in the file, where it need not have all. */
  missing: readonly string[];
  /** What to know of the choice: sentences without the file's name and a full stop. */
  notes: readonly string[];
}

/** Names of tensors that no weight is loaded from. */
export function unusedIn({ whole, match }: Pick<FileMatch, 'whole' | 'match'>): string[] {
  const used = new Set(match.pairs.map(({ tensor }) => tensor.name));
  // They have been applied, or compared with the model.
  const parameters = new Set(whole.network?.parameters);
  const isUsed = (name: string) => used.has(name) || isCounter(name) || parameters.has(name);
  return [...whole.tensors.values()].flatMap(({ name }) => (isUsed(name) ? [] : [name]));
}

/** @throws ZooError `weights`, as `findMatch`; for `fit`, what stands in the way of the whole network. */
function matchWithHead(file: TensorFile, weights: readonly LaidOutWeight[], head: MatchOptions['head']): Match {
  const body = () => findMatch(file, withoutHead(weights));
  if (head === 'new') return body();
  try {
    return findMatch(file, weights);
  } catch (whole) {
    if (head === 'keep') throw whole;
    try {
      return body();
    } catch {
      throw whole;
    }
  }
}

const withoutHead = (weights: readonly LaidOutWeight[]): LaidOutWeight[] => weights.filter((weight) => !isHead(weight));

/** The same for a network whose layers do without biases where batch normalisation follows: those are 0. */
function matchWithMissing(
  whole: WholeWeights,
  weights: readonly LaidOutWeight[],
  head: MatchOptions['head'],
): { whole: WholeWeights; match: Match } {
  try {
    return { whole, match: matchWithHead(whole, weights, head) };
  } catch (error) {
    const spare = dispensable(whole, weights);
    if (spare.length === 0) throw error;
    try {
      const match = matchWithHead(whole, indispensable(weights, spare), head);
      return withMissing(whole, match, weights, spare);
    } catch {
      throw error;
    }
  }
}

/** Refuses quantised weights without a scale. */
function requireNumbers(file: TensorFile, { pairs }: Match): void {
  for (const { tensor } of pairs) {
    if (tensor.unreadable) throw tensor.unreadable;
    if (isWhole(tensor))
      throw new ZooError(
        'weights',
        `${file.name}: ${tensor.name} holds integers (${tensor.dtype}), and the file has no scale for them. Dequantise the weights where they were written, and save floats.`,
      );
  }
}

function isAble(file: WholeWeights, weights: readonly LaidOutWeight[], head: MatchOptions['head']): boolean {
  try {
    matchWithMissing(file, weights, head);
    return true;
  } catch {
    return false;
  }
}

/**
 * Of several networks in one file that fit, none is taken by chance: only the one at the top or under a usual key, where it is alone there.
 *
 * @param taken Place of the dictionary that is taken, and
 * @param others of those that fit too.
 * @throws ZooError `weights` naming them.
 */
export function requireOne({ name, places = [] }: TensorFile, taken: number, others: readonly number[]): void {
  const own = places[taken];
  if (own === undefined || own === '') return;
  const rivals = others.flatMap((at) => places[at] ?? []);
  const equal = isUsual(own) ? rivals.filter((one) => one.split('.').at(-1) === own.split('.').at(-1)) : rivals;
  if (equal.length === 0) return;
  throw new ZooError(
    'weights',
    `${name}: ${[own, ...equal].join(' and ')} each hold weights that fit, and the names do not tell which is the network. Choose by key: '${own}' or key: '${equal[0]}'.`,
  );
}

/** Says which network of several is taken, where the others could have been. */
function takenNote({ places = [] }: TensorFile, taken: number, others: readonly number[]): string[] {
  const rest = others.flatMap((at) => places[at] ?? []).filter((place) => !isOfOptimizer(place));
  if (rest.length === 0) return [];
  const from = places[taken] || 'its top';
  return [`taken from ${from}; ${rest.slice(0, 3).join(' and ')} would fit too: choose by key: '${rest[0]}'`];
}

/** The ways to put a network together out of parts; without the last layer where it need not be there. */
function waysToJoin(
  file: TensorFile,
  dictionaries: readonly WholeWeights[],
  weights: readonly LaidOutWeight[],
  { head, strict }: MatchOptions,
): Joined[] {
  const whole = joinedDictionaries(file, dictionaries, weights);
  if (whole.length > 0 || (head === 'keep' && strict)) return whole;
  return joinedDictionaries(file, dictionaries, withoutHead(weights));
}

/** The network that dictionaries give together; undefined where they give none, or in several shapes that do not fit. */
function matchJoined(
  file: TensorFile,
  ways: readonly Joined[],
  weights: readonly LaidOutWeight[],
  { head, strict }: MatchOptions,
): FileMatch | undefined {
  const errors: unknown[] = [];
  const fitting = ways.flatMap((way) => {
    try {
      const match = matchWithHead(way.whole, weights, head);
      requireNumbers(file, match);
      return [{ ...way, match }];
    } catch (error) {
      errors.push(error);
      return [];
    }
  });
  const [first, ...others] = fitting;
  if (!first) {
    // The one way there is says best what is wrong.
    if (strict && ways.length === 1) throw errors[0];
    return undefined;
  }
  const {
    way: { whole, match },
    notes,
  } = chooseJoined(file.name, [first, ...others]);
  return { whole, match, mismatched: [], missing: [], notes };
}

/**
 * The dictionary of the file that fits, and how; where none does, several that are parts of one network. Without `strict`, where none fits whole, the one that gives most weights.
 *
 * @throws ZooError `weights` saying what stands in the way of the likeliest, where none does.
 */
export function matchFile(
  file: TensorFile,
  weights: readonly LaidOutWeight[],
  { head, strict }: MatchOptions,
): FileMatch {
  const problems: unknown[] = [];
  let found: { place: number; whole: WholeWeights; match: Match } | undefined;
  const dictionaries = [file.tensors, ...(file.others ?? [])].map((tensors) => withDerived(file, tensors));
  for (const [index, dictionary] of dictionaries.entries()) {
    try {
      const { whole, match } = matchWithMissing(dictionary, weights, head);
      requireNumbers(file, match);
      found = { place: index, whole, match };
      break;
    } catch (error) {
      problems.push(error);
    }
  }
  if (found) {
    const { place, whole, match } = found;
    const able = dictionaries.flatMap((other, at) => (at > place && isAble(other, weights, head) ? [at] : []));
    requireOne(file, place, able);
    return { whole, match, mismatched: [], missing: [], notes: takenNote(file, place, able) };
  }
  const ways = waysToJoin(file, dictionaries, weights, { head, strict });
  const joined = matchJoined(file, ways, weights, { head, strict });
  if (joined) return joined;
  const wanted = head === 'new' ? withoutHead(weights) : weights;
  if (strict)
    throw withHints(problems[0], file, { loaded: partIn(dictionaries[0] ?? file, wanted), of: wanted.length });
  const wholes = [...dictionaries, ...(ways.length === 1 ? ways.map(({ whole }) => whole) : [])];
  const parts = wholes.map((whole) => ({ whole, ...findPartialMatch(whole, wanted) }));
  const best = parts.toSorted((a, b) => (b.match?.pairs.length ?? 0) - (a.match?.pairs.length ?? 0))[0];
  if (!best?.match) throw noPart(file, wanted, best?.mismatched ?? []);
  requireNumbers(file, best.match);
  const shard = shardHint(file.name);
  const { whole, match } = withMissing(best.whole, best.match, wanted, dispensable(best.whole, wanted));
  const taken = new Set(match.pairs.map(({ weight: { name } }) => name));
  const missing = best.missing.filter((name) => !taken.has(name));
  return { whole, match, mismatched: best.mismatched, missing, notes: shard === undefined ? [] : [shard] };
}

/** How many weights a file would give in part, by names. */
function partIn(file: TensorFile, weights: readonly LaidOutWeight[]): number {
  try {
    const { match } = findPartialMatch(file, weights);
    return match && match.rule !== 'structure' ? match.pairs.length : 0;
  } catch {
    return 0;
  }
}
