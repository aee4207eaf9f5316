import type { ModelSpec } from '@zoo/spec';
import type { TensorFile } from '@zoo/tensor-files';
import { pictureNotes } from './computation/pictures.ts';
import type { FillOptions } from './load-weights.ts';
import { isCounter } from './mapping/by-name.ts';
import { matchFile } from './mapping/match-file.ts';
import { weightsOfSpec } from './model-tensors.ts';

/** What would become of a file's tensors. */
export interface Fit {
  /** Names of tensors in the file that no weight would be loaded from. */
  unused: string[];
  /** As `LoadReport.notes`. */
  notes: string[];
}

/**
 * Finds out, before a model is built, whether a file has the weights of a spec: a spec of two kilobytes may ask for gigabytes.
 *
 * @throws ZooError `weights`, as `loadWeights`.
 */
export function requireFit(
  spec: ModelSpec,
  file: TensorFile,
  { head = 'keep', strict = true }: Pick<FillOptions, 'head' | 'strict'> = {},
): Fit {
  const { whole, match, notes } = matchFile(file, weightsOfSpec(spec), { head, strict });
  const used = new Set(match.pairs.map(({ tensor }) => tensor.name));
  return {
    unused: [...whole.tensors.keys()].filter((name) => !used.has(name) && !isCounter(name)),
    notes: [...(file.notes ?? []), ...notes, ...pictureNotes(file)],
  };
}
