import { configure, type ModelSpec } from '@zoo/spec';
import { openTensors, weightsOfSpec } from '@zoo/weights';
import { placeOf } from './weights-place.ts';

const equal = (a: readonly number[], b: readonly number[]): boolean => String(a) === String(b);

/**
 * How many channels weights take with which a training is to begin: those of the pictures where the file has such filters for the
 * preset's first layer, else the preset's own.
 *
 * @throws ZooError as `openTensors`.
 */
export async function channelsOfWeights(weights: string, spec: ModelSpec, data: number): Promise<number> {
  const { source, known, ...hashes } = placeOf(weights);
  if (known) return known.input[2];
  const file = await openTensors(source, hashes);
  try {
    const shapes = [...file.tensors.values(), ...(file.others ?? []).flatMap((one) => [...one.values()])].map(
      ({ shape }) => shape,
    );
    const has = (inChannels: number): boolean => {
      const [first] = weightsOfSpec(configure(spec, { inChannels }));
      if (!first) return false;
      const { shape, layout } = first;
      const turned = layout?.order.map((axis) => shape[axis] ?? 0) ?? shape.toReversed();
      return shapes.some((one) => equal(one, shape) || equal(one, turned));
    };
    return has(data) ? data : spec.input[2];
  } finally {
    await file.close();
  }
}
