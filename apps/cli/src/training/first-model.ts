import { existsSync, statSync } from 'node:fs';
import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { isKnownWeights, knownWeightsOf, type ModelSpec } from '@zoo/spec';
import { learnedWeights } from '@zoo/trainers';
import { loadWeights } from '@zoo/weights';
import { families } from '../families.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { mappingRows } from '../rendering/mapping-rows.ts';
import { counted } from '../rendering/quantities.ts';
import { runFolder } from '../run/run-folder.ts';
import type { RunOptions } from '../run/run-record.ts';
import type { Terminal } from '../terminal.ts';

/** Where weights lie that somebody named: in a run, in a file, on the web. */
function placeOf(given: string): { source: string; sha256?: string; sha1?: string } {
  if (existsSync(given)) return { source: statSync(given).isDirectory() ? runFolder(given).weights : given };
  if (!isKnownWeights(given, families)) return { source: given };
  const { url, sha256, sha1 } = knownWeightsOf(given, families).weights;
  return { source: url, ...(sha256 !== undefined && { sha256 }), ...(sha1 !== undefined && { sha1 }) };
}

/**
 * The network as its training begins: with the weights that the user named, or with random ones.
 *
 * @throws ZooError `usage` for frozen layers that it does not have, otherwise as `loadWeights`.
 */
export async function firstModel(
  spec: ModelSpec,
  { seed, weights, freeze = [] }: RunOptions,
  terminal: Terminal,
): Promise<tfl.LayersModel> {
  const model = buildModel(spec, { seed });
  learnedWeights(model, freeze);
  if (weights === undefined) {
    if (freeze.length > 0)
      throw new ZooError('usage', `--freeze: ${freeze.join(', ')} would stay random. Pass --weights too.`);
    return model;
  }
  const { source, ...hashes } = placeOf(weights);
  const report = await loadWeights(model, source, { head: 'fit', onProgress: showLongWork(terminal), ...hashes });
  terminal.endLive();
  const anew = report.kept.length > 0 ? `; ${report.kept.join(' and ')} begin anew` : '';
  terminal.note(`${weights}: ${counted(report.loaded.length, 'tensor')} taken over${anew}`);
  if (report.certainty === 'structure')
    terminal.note(`Which is which was guessed from order and shapes:\n${mappingRows(report.mapping, terminal)}`);
  return model;
}
