import type * as tfl from '@tensorflow/tfjs-layers';
import { isZooError, ZooError } from '@zoo/core';
import type { Dataset } from '@zoo/loaders';
import { train } from '@zoo/trainers';
import { firstDifference, keptBest } from '../run/kept-best.ts';
import type { RunFolder } from '../run/run-folder.ts';
import { checkpointProgress, type RunProgress } from '../run/run-progress.ts';
import type { RunRecord } from '../run/run-record.ts';

const foreign = ({ folder, best }: RunFolder, why: string, cause?: Error): ZooError =>
  new ZooError(
    'usage',
    `${best}: is not of this run, ${why}. Put its own file back, or resume ${folder}, which goes on from the last checkpoint.`,
    { cause },
  );

/** What the run itself knows of its epochs: its last checkpoint, or the record where that is damaged or missing. */
async function ownProgress({ checkpoint }: RunFolder, record: RunRecord): Promise<RunProgress> {
  try {
    return (await checkpointProgress(checkpoint, record)) ?? record;
  } catch (error) {
    if (isZooError(error) && error.code === 'corrupt-file') return record;
    throw error;
  }
}

/** @throws ZooError `usage` where the best epoch that lies in a run's folder came of another training. */
export async function requireOwnEpochs(run: RunFolder, record: RunRecord, found: RunProgress): Promise<void> {
  const own = await ownProgress(run, record);
  const epoch = firstDifference(found, own);
  if (epoch === undefined) return;
  const lossOf = ({ epochs }: RunProgress) => epochs[epoch - 1]?.loss;
  throw foreign(run, `whose epoch ${epoch} ended with a loss of ${lossOf(own)}, not ${lossOf(found)}`);
}

/**
 * Loads the best epoch as training will, before anything of the run is replaced by it.
 *
 * @throws ZooError `usage` where its weights, optimiser or place in the data are not those of the run.
 */
export async function requireBestFits(
  run: RunFolder,
  { options: { recipe, seed, freeze } }: RunRecord,
  model: tfl.LayersModel,
  training: Dataset,
): Promise<void> {
  const resumed = { ...recipe, epochs: 0, seed, ...(freeze && { freeze }), resume: run.best };
  try {
    for await (const _ of train(model, training, resumed));
  } catch (error) {
    if (!isZooError(error) || error.code === 'device-lost') throw error;
    throw foreign(run, `since it does not fit: ${error.message.replace(/\.$/, '')}`, error);
  }
}

/**
 * A line about a best epoch whose file is lost, for a run that goes on from its last checkpoint; nothing where it is there, or is written
 * again at once, since the checkpoint is of that epoch.
 */
export async function lostBestNotice(
  run: RunFolder,
  { options }: RunRecord,
  progress: RunProgress,
): Promise<string | undefined> {
  const kept = await keptBest(run, { options, ...progress });
  if (!kept?.lost) return undefined;
  const { epoch } = kept.epoch;
  if (epoch === progress.epochs.length && (progress.steps.at(-1)?.epoch ?? 0) <= epoch) return undefined;
  return `${run.best}: ${kept.lost}, so the best epoch so far (${epoch}) cannot be gone back to. The file is written anew after the next epoch that does better than that one.`;
}
