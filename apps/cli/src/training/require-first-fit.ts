import { requireFit } from '@zoo/weights';
import { inOptionsOfCli } from '../run/weights-words.ts';
import type { FirstWeights } from './first-weights.ts';
import type { Plan } from './plan.ts';
import { computationOfWeights } from './weights-computation.ts';
import { networkOfWeights } from './weights-network.ts';

/** Any number does: where the file has another, the last layer begins anew. */
const anyClasses = 2;

/**
 * Finds out, before pictures are read and a backend starts, whether a training can begin with these weights: the pictures may be grey
 * or in colour, and of any classes.
 *
 * @throws ZooError `weights` where the file has nothing for the network, as `fillModel`.
 */
export async function requireFirstFit(plan: Plan, first: FirstWeights, saysLrn: boolean): Promise<void> {
  const preset = plan.specFor(anyClasses);
  const strict = !plan.options.partial;
  const requireFor = async (channels: number) => {
    const wanted = plan.specFor(anyClasses, networkOfWeights(first, preset, channels));
    const { spec } = computationOfWeights(first, wanted, saysLrn);
    requireFit(spec, first.file, { head: 'fit', strict });
  };
  const errors: unknown[] = [];
  for (const channels of new Set([preset.input[2], 3, 1])) {
    const error = await inOptionsOfCli(requireFor(channels), { ignoreComputation: false, partial: true }).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    if (error === undefined) return;
    errors.push(error);
  }
  throw errors[0];
}
