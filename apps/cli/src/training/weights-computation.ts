import { inferShapes, type ModelSpec } from '@zoo/spec';
import { openTensors } from '@zoo/weights';
import { saidNetwork } from '../run/said-network.ts';
import { placeOf } from './weights-place.ts';

/**
 * A network with the numbers of normalisation that the weights were trained with, from which its training begins. Its pictures stay the
 * preset's: filters that see blue, green, red are turned round when they are loaded.
 *
 * @throws ZooError `usage` where `--lrn` says otherwise, else as `openTensors`.
 */
export async function computationOfWeights(
  weights: string,
  spec: ModelSpec,
  saysLrn: boolean,
): Promise<{ spec: ModelSpec; note?: string }> {
  const { source, known: _, ...hashes } = placeOf(weights);
  const file = await openTensors(source, hashes);
  try {
    const { layers } = saidNetwork(spec, file, { saysLrn }).spec;
    const before = inferShapes(spec).layers;
    const changed = inferShapes({ ...spec, layers }).layers.flatMap(({ layer, path }, place) =>
      JSON.stringify(layer) === JSON.stringify(before[place]?.layer) ? [] : [path],
    );
    if (changed.length === 0) return { spec };
    return { spec: { ...spec, layers }, note: `${weights}: ${changed.join(' and ')} as the file has them` };
  } finally {
    await file.close();
  }
}
