import { configure, type ModelSpec, type SpecOptions } from '@zoo/spec';
import { inferSpecs, weightsOfSpec } from '@zoo/weights';
import type { FirstWeights } from './first-weights.ts';

const equal = (a: readonly number[], b: readonly number[]): boolean => String(a) === String(b);

/**
 * What of a preset follows from the weights with which a training is to begin: the width that they have, where they are whole, and
 * the channels: those of the pictures where the file has such filters for the first layer, else the preset's own.
 *
 * @param data Channels of the pictures.
 */
export function networkOfWeights(
  { file, known }: FirstWeights,
  preset: ModelSpec,
  data: number,
): Pick<SpecOptions, 'width'> & { inChannels: number } {
  if (known) return { inChannels: known.input[2] };
  const [found] = inferSpecs(file, [{ name: preset.family, presets: { [preset.preset]: preset } }]);
  if (found) {
    const { width, inChannels = preset.input[2] } = found.options;
    return { inChannels, ...(width !== undefined && { width }) };
  }
  const dictionaries = [file.tensors, ...(file.others ?? [])];
  const shapes = dictionaries.flatMap((tensors) => [...tensors.values()].map(({ shape }) => shape));
  const [first] = weightsOfSpec(configure(preset, { inChannels: data }));
  if (!first) return { inChannels: preset.input[2] };
  const { shape, layout } = first;
  const turned = layout?.order.map((axis) => shape[axis] ?? 0) ?? shape.toReversed();
  const hasData = shapes.some((one) => equal(one, shape) || equal(one, turned));
  return { inChannels: hasData ? data : preset.input[2] };
}
