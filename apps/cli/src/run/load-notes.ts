import type { LoadReport } from '@zoo/weights';
import { listed } from '../rendering/listed.ts';
import { type PartOptions, weightsMessage } from './weights-messages.ts';

/** Tensors of an optimiser or of quantisation are not part of the network. */
const notOfLayers =
  /^optimizer|(?:^|[./_])(?:scale|zero_points?|quantized_scale|num_batches_tracked|global_step|learning_rate|exp_avg\w*|momentum\w*)(?::\d+)?$/i;

/** Notes about loaded weights, one per line. */
export function loadNotes(
  source: string,
  { notes, unused }: Pick<LoadReport, 'notes' | 'unused'>,
  { tellsUnused = false, parts }: { tellsUnused?: boolean; parts?: PartOptions },
): string[] {
  const left = unused.filter((name) => !notOfLayers.test(name));
  const lines = notes.map((note) => `${source}: ${weightsMessage(note, parts)}`);
  return tellsUnused && left.length > 0 ? [...lines, `${source}: not used: ${listed(left)}`] : lines;
}
