import { inferShapes, type ModelSpec } from '@zoo/spec';
import { overriddenNetwork } from '../run/overridden-network.ts';
import type { FirstWeights } from './first-weights.ts';

/**
 * A network with the numbers of normalisation that the weights were trained with, from which its training begins. Its pictures stay the
 * preset's: filters that see blue, green, red are turned round when they are loaded. Statistics of pictures among the tensors are taken.
 *
 * @throws ZooError `usage` where `--lrn` says otherwise.
 */
export function computationOfWeights(
  { name, file }: FirstWeights,
  spec: ModelSpec,
  saysLrn: boolean,
): { spec: ModelSpec; note?: string } {
  const { layers, preprocessing } = overriddenNetwork(spec, file, { saysLrn }).spec;
  const statistics = file.network?.layers.length === 0 && preprocessing !== spec.preprocessing;
  const before = inferShapes(spec).layers;
  const changed = inferShapes({ ...spec, layers }).layers.flatMap(({ layer, path }, index) =>
    JSON.stringify(layer) === JSON.stringify(before[index]?.layer) ? [] : [path],
  );
  if (statistics) changed.push('mean and std of the pictures');
  if (changed.length === 0) return { spec };
  return {
    spec: { ...spec, layers, ...(statistics && { preprocessing }) },
    note: `${name}: ${changed.join(' and ')} as the file has them`,
  };
}
