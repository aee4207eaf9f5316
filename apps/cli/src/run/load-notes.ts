import type { LoadReport } from '@zoo/weights';
import { commandName } from '../command-name.ts';
import { listed } from '../rendering/listed.ts';
import { type PartOptions, weightsMessage } from './weights-messages.ts';

/** Tensors of an optimiser, of the averages that a checkpoint keeps, or of quantisation are not part of the network. */
const notOfLayers =
  /^ema\.|(?:^|[./])optimizer|(?:fake_quant\w*|activation_post_process|observer\w*|_quantizer)[._/]|(?:^|[./_])(?:scale|zero_points?|quantized_scale|num_batches_tracked|global_step|learning_rate|exp_avg\w*|momentum\w*)(?::\d+)?$/i;

/** Tensors that no weight was loaded from, and that may belong to a network. */
export const leftOfNetworks = (unused: readonly string[]): string[] => unused.filter((name) => !notOfLayers.test(name));

/** What `loadNotes` tells. */
export interface NotesOptions {
  /** Whether to tell which tensors of the file have no place. Default: false. */
  tellsUnused?: boolean;
  /** Whether to tell that places were guessed. Default: true. */
  tellsGuess?: boolean;
  parts?: PartOptions;
}

/** Notes about loaded weights, one per line. */
export function loadNotes(
  source: string,
  { notes, unused, certainty }: Pick<LoadReport, 'notes' | 'unused' | 'certainty'>,
  { tellsUnused = false, tellsGuess = true, parts }: NotesOptions,
): string[] {
  const left = leftOfNetworks(unused);
  const guess = `which tensor is which was guessed from order and shapes: check it with ${commandName()} convert --table`;
  const told = [
    ...notes.map((note) => weightsMessage(note, parts)),
    ...(tellsGuess && certainty === 'structure' ? [guess] : []),
    ...(tellsUnused && left.length > 0 ? [`not used: ${listed(left)}`] : []),
  ];
  return told.map((note) => `${source}: ${note}`);
}
