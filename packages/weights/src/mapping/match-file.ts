import { ZooError } from '@zoo/core';
import type { TensorFile } from '@zoo/tensor-files';
import { isWhole } from '../derived/scaled.ts';
import { type WholeWeights, withDerived } from '../derived/with-derived.ts';
import type { LaidOutWeight } from '../model-tensors.ts';
import { findMatch, isHead } from './find-match.ts';
import type { Match } from './mapping.ts';
import { findPartialMatch, type Mismatched, noPart } from './partial-match.ts';

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

/** Weights whose numbers mean what they say. */
function requireNumbers(file: TensorFile, { pairs }: Match): void {
  for (const { tensor } of pairs) {
    if (tensor.unreadable) throw tensor.unreadable;
    if (isWhole(tensor))
      throw new ZooError(
        'weights',
        `${file.name}: ${tensor.name} holds whole numbers (${tensor.dtype}), and no scale for them lies beside it. Dequantise the weights where they were written, and save floats.`,
      );
  }
}

/**
 * The dictionary of the file that fits, and how. Without `strict`, where none fits whole, the one that gives most weights.
 *
 * @throws ZooError `weights` saying what stands in the way of the likeliest, where none does.
 */
export function matchFile(
  file: TensorFile,
  weights: readonly LaidOutWeight[],
  { head, strict }: MatchOptions,
): FileMatch {
  const problems: unknown[] = [];
  const dictionaries = [file.tensors, ...(file.others ?? [])].map((tensors) => withDerived(file, tensors));
  for (const whole of dictionaries) {
    try {
      const match = matchWithHead(whole, weights, head);
      requireNumbers(file, match);
      return { whole, match, mismatched: [], missing: [] };
    } catch (error) {
      problems.push(error);
    }
  }
  if (strict) throw problems[0];
  const wanted = head === 'new' ? withoutHead(weights) : weights;
  const parts = dictionaries.map((whole) => ({ whole, ...findPartialMatch(whole, wanted) }));
  const best = parts.toSorted((a, b) => (b.match?.pairs.length ?? 0) - (a.match?.pairs.length ?? 0))[0];
  if (!best?.match) throw noPart(file, wanted, best?.mismatched ?? []);
  requireNumbers(file, best.match);
  return { ...best, match: best.match };
}
