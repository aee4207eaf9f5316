import { ZooError } from '@zoo/core';
import type { ModelSpec, Preprocessing } from '@zoo/spec';
import type { TensorFile } from '@zoo/tensor-files';
import type { Comparison } from './compare.ts';
import { hasStatistics } from './pictures.ts';
import { compareWithFile, specAsStated } from './spec-as-stated.ts';

/** Refuses pictures that are normalised otherwise than the model's. */
function requireStatistics(spec: ModelSpec, file: TensorFile): void {
  if (!hasStatistics(file)) return;
  const { preprocessing } = specAsStated(spec, file);
  if (preprocessing === spec.preprocessing) return;
  const said = ({ mean, std, range }: Preprocessing): string =>
    [mean, std].map((values) => `[${values.map((one) => Number((one / range).toPrecision(4)))}]`).join(' and ');
  throw new ZooError(
    'weights',
    `${file.name}: normalises its pictures by mean and std ${said(preprocessing)} of pixels from 0 to 1, but ${spec.family}/${spec.preset} by ${said(spec.preprocessing)}. Build the model from specAsStated(spec, file), which takes over what the file says.`,
  );
}

/**
 * Refuses weights of a computation that differs from the model's.
 *
 * @throws ZooError `weights` naming the layers of both, and what each computes.
 */
export function requireComputation(spec: ModelSpec, file: TensorFile): Comparison | undefined {
  requireStatistics(spec, file);
  const found = compareWithFile(spec, file);
  const [contradiction] = found?.contradictions ?? [];
  if (contradiction !== undefined)
    throw new ZooError('weights', `${file.name}: ${contradiction}. Choose the preset that computes as the file says.`);
  const [strange] = found?.unknown ?? [];
  if (strange !== undefined)
    throw new ZooError(
      'weights',
      `${file.name}: ${strange}, so the weights may belong to another computation than ${spec.family}/${spec.preset}'s. Where it changes nothing, load with computation: 'ignore'.`,
    );
  if (found?.flattened === 'other')
    throw new ZooError(
      'weights',
      `${file.name}: flattens its maps neither over C, H, W nor over H, W, C, so that the rows of its first dense layer are ambiguous. Write it with a plain Flatten.`,
    );
  const [difference] = found?.differences ?? [];
  if (difference !== undefined)
    throw new ZooError(
      'weights',
      `${file.name}: ${difference}. Build the model from specAsStated(spec, file), which takes over what the file says.`,
    );
  return found;
}
