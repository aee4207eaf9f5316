import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import type { ModelSpec } from '@zoo/spec';
import { learnedWeights } from '@zoo/trainers';
import { fillModel, type LoadReport } from '@zoo/weights';
import { mappingRows } from '../rendering/mapping-rows.ts';
import { loadNotes } from '../run/load-notes.ts';
import type { RunOptions } from '../run/run-record.ts';
import { type PartOptions, withCliOptionNames } from '../run/weights-messages.ts';
import type { Terminal } from '../terminal.ts';
import type { FirstWeights } from './first-weights.ts';
import { byBlocks, loadedWeightsText } from './loaded-weights.ts';

/** What `zoo train` has of the options for weights. */
export const partsOfTraining: PartOptions = { ignoreComputation: false, partial: true };

/** @throws ZooError `usage` for frozen layers that the weights do not have: they would stay random for ever. */
function requireFrozenLoaded(weights: string, freeze: readonly string[], { loaded, kept }: LoadReport): void {
  const random = kept.filter((name) => freeze.some((path) => name.startsWith(`${path}.`) || name === path));
  if (random.length === 0) return;
  const all = [...loaded, ...kept];
  throw new ZooError(
    'usage',
    `--freeze ${freeze.join(' ')}: ${byBlocks(random, all).join(', ')} would keep random values, since ${weights} does not have it. Freeze only what it has: ${byBlocks(loaded, all).join(', ')}.`,
  );
}

/**
 * The network as its training begins: with the weights that the user named, or with random ones.
 *
 * @throws ZooError `usage` for frozen layers that it does not have, otherwise as `fillModel`.
 */
export async function firstModel(
  spec: ModelSpec,
  { seed, partial = false, freeze = [] }: RunOptions,
  first: FirstWeights | undefined,
  terminal: Terminal,
): Promise<tfl.LayersModel> {
  const model = buildModel(spec, { seed });
  learnedWeights(model, freeze);
  if (first === undefined) {
    if (freeze.length > 0)
      throw new ZooError('usage', `--freeze: ${freeze.join(', ')} would keep random values. Pass --weights too.`);
    return model;
  }
  const report = await withCliOptionNames(
    fillModel(model, first.file, { head: 'fit', strict: !partial }),
    partsOfTraining,
  );
  for (const line of loadNotes(first.name, report, { tellsGuess: false, parts: partsOfTraining })) terminal.note(line);
  requireFrozenLoaded(first.name, freeze, report);
  for (const line of loadedWeightsText(first.name, report)) terminal.note(line);
  if (report.certainty === 'structure')
    terminal.note(`Which is which was guessed from order and shapes:\n${mappingRows(report.mapping, terminal)}`);
  return model;
}
