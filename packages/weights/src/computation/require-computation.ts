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

/** Refuses a file that says that its layers are not to be compared, or that it has none. */
export function requireLayers({ name, network }: TensorFile): void {
  if (network?.unread) throw new ZooError('weights', `${name}: ${network.unread.what}. ${network.unread.advice}.`);
}

/** Refuses pictures that are brought to another size than the model's. */
function requireSize({ input, family, preset }: ModelSpec, { name, network }: TensorFile): void {
  const size = network?.pictures?.size;
  if (!size || (size[0] === input[0] && size[1] === input[1])) return;
  throw new ZooError(
    'weights',
    `${name}: brings its pictures to ${size[0]} x ${size[1]} within its network, but ${family}/${preset} sees ${input[0]} x ${input[1]}. Choose the preset that computes as the file says.`,
  );
}

/**
 * Refuses weights of a computation that differs from the model's.
 *
 * @throws ZooError `weights` naming the layers of both, and what each computes.
 */
export function requireComputation(spec: ModelSpec, file: TensorFile): Comparison | undefined {
  requireLayers(file);
  requireSize(spec, file);
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
