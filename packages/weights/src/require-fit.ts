import type { ModelSpec } from '@zoo/spec';
import type { TensorFile } from '@zoo/tensor-files';
import type { FillOptions } from './load-weights.ts';
import { matchFile } from './mapping/match-file.ts';
import { weightsOfSpec } from './model-tensors.ts';

/**
 * Finds out, before a model is built, whether a file has the weights of a spec: a spec of two kilobytes may ask for gigabytes.
 *
 * @throws ZooError `weights`, as `loadWeights`.
 */
export function requireFit(
  spec: ModelSpec,
  file: TensorFile,
  { head = 'keep', strict = true }: Pick<FillOptions, 'head' | 'strict'> = {},
): void {
  matchFile(file, weightsOfSpec(spec), { head, strict });
}
