import type { ModelSpec } from '@zoo/spec';
import type { TensorFile } from '@zoo/tensor-files';
import { requireOutputs } from './computation/outputs.ts';
import { pictureNotes } from './computation/pictures.ts';
import { requireComputation } from './computation/require-computation.ts';
import type { FillOptions } from './load-weights.ts';
import { matchFile, unusedIn } from './mapping/match-file.ts';
import { leftOverNotes, requireAllUsed } from './mapping/require-all-used.ts';
import { weightsOfSpec } from './model-tensors.ts';

/** How a file's tensors would be loaded. */
export interface Fit {
  /** Names of tensors in the file that no weight would be loaded from. */
  unused: string[];
  /** As `LoadReport.certainty`. */
  certainty: 'names' | 'structure';
  /** As `LoadReport.notes`. */
  notes: string[];
}

/**
 * Finds out, before a model is built, whether a file has the weights of a spec, and computes as it does: a spec of two kilobytes may
 * ask for gigabytes. Nothing is read but the file's directory.
 *
 * @throws ZooError `weights`, as `loadWeights`.
 */
export function requireFit(
  spec: ModelSpec,
  file: TensorFile,
  { head = 'keep', strict = true, computation = 'check' }: Pick<FillOptions, 'head' | 'strict' | 'computation'> = {},
): Fit {
  if (computation === 'check') requireComputation(spec, file);
  const { whole, match, notes } = matchFile(file, weightsOfSpec(spec), { head, strict });
  if (computation === 'check') requireAllUsed(spec, whole, match, strict);
  const ofOutputs = requireOutputs(spec, file, match, computation);
  return {
    unused: unusedIn({ whole, match }),
    certainty: match.rule === 'structure' ? 'structure' : 'names',
    notes: [...(file.notes ?? []), ...notes, ...leftOverNotes(whole, match), ...pictureNotes(file), ...ofOutputs],
  };
}
