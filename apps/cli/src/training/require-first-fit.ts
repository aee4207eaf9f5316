import { requireFit } from '@zoo/weights';
import { withCliOptionNamesSync } from '../run/weights-messages.ts';
import { partsOfTraining } from './first-model.ts';
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
export function requireFirstFit(plan: Plan, first: FirstWeights, saysLrn: boolean): void {
  const preset = plan.specFor(anyClasses);
  const strict = !plan.options.partial;
  const requireFor = (channels: number): void => {
    const wanted = plan.specFor(anyClasses, networkOfWeights(first, preset, channels));
    const { spec } = computationOfWeights(first, wanted, saysLrn);
    requireFit(spec, first.file, { head: 'fit', strict });
  };
  const errors: unknown[] = [];
  for (const channels of new Set([preset.input[2], 3, 1])) {
    try {
      withCliOptionNamesSync(() => requireFor(channels), partsOfTraining);
      return;
    } catch (error) {
      errors.push(error);
    }
  }
  throw errors[0];
}
