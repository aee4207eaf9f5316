import { existsSync, statSync } from 'node:fs';
import { isZooError, ZooError } from '@zoo/core';
import { type LoadedModel, loadModel } from '@zoo/weights';
import { runFolder } from './run-folder.ts';
import { type RunRecord, readRunRecord } from './run-record.ts';

/** A network that somebody named on the command line, with the run that made it, where that is known. */
export interface OpenedWeights extends LoadedModel {
  /** For messages. */
  name: string;
  record?: RunRecord;
}

async function load(file: string): Promise<LoadedModel> {
  try {
    return await loadModel(file);
  } catch (error) {
    // A spec that does not hold together is the user's mistake on the command line, but a damaged file here.
    if (isZooError(error) && error.code === 'spec')
      throw new ZooError('corrupt-file', `${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** The weights of a run: of an unfinished one, those of its last checkpoint. */
async function openRun(folder: string): Promise<OpenedWeights> {
  const run = runFolder(folder);
  const record = await readRunRecord(run.record);
  const file = [run.weights, run.checkpoint].find((file) => existsSync(file));
  if (!file)
    throw new ZooError('not-found', `${folder}: has no weights yet. Train it first: zoo train --resume ${folder}.`);
  return { name: folder, record, ...(await load(file)) };
}

/**
 * Opens `RUN|WEIGHTS`: a folder that `zoo train` made, or a safetensors file of the zoo.
 *
 * @throws ZooError `not-found` where there is nothing, otherwise as `loadModel`.
 */
export async function openWeights(given: string): Promise<OpenedWeights> {
  if (!existsSync(given))
    throw new ZooError('not-found', `${given}: no such file or folder, expected a run of zoo train or its weights.`);
  return statSync(given).isDirectory() ? openRun(given) : { name: given, ...(await load(given)) };
}
