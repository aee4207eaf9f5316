import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ZooError } from '@zoo/core';
import type { FoundRecipe } from '@zoo/spec';
import { type RecordedEvaluation, type RunRecord, readRunRecord } from '../apps/cli/src/run/run-record.ts';
import { recipeOfRecord } from './recipe-of-record.ts';

/** A committed record of a run. */
export interface PublicRun {
  /** Name of its file in `records/trainings`. */
  file: string;
  record: RunRecord;
  /** The named recipe that it was trained by. */
  recipe: FoundRecipe;
  /** What it reached: with the average of its weights, where its recipe keeps one. */
  result: RecordedEvaluation;
}

export const recordsFolder = fileURLToPath(new URL('trainings/', import.meta.url));

/** @throws ZooError `data` for a run that has no result, or was trained by none of the named recipes. */
export function publicRun(record: RunRecord, file: string): PublicRun {
  const recipe = recipeOfRecord(record);
  if (!recipe)
    throw new ZooError(
      'data',
      `${file}: was trained by none of the recipes of zoo recipes, expected one of them. Train it anew with --recipe NAME.`,
    );
  const result = record.averaged ?? record.evaluation;
  if (!result) throw new ZooError('data', `${file}: has no final test. Let zoo train end the run first.`);
  return { file, record, recipe, result };
}

/**
 * Every committed record, by file name.
 *
 * @throws ZooError `corrupt-file` naming the file and the field, `data` as `publicRun`.
 */
export async function readRecords(folder: string = recordsFolder): Promise<PublicRun[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(files.map(async (file) => publicRun(await readRunRecord(folder + file), file)));
}

/** What the training of a run took, without its tests. */
export const trainingSeconds = ({ record: { epochs } }: Pick<PublicRun, 'record'>): number =>
  epochs.reduce((sum, { seconds }) => sum + seconds, 0);

/** Runs that differ in nothing but the seed. */
export const sameTraining = (one: PublicRun, other: PublicRun): boolean =>
  one.record.preset === other.record.preset &&
  one.record.data.given === other.record.data.given &&
  one.recipe.name === other.recipe.name &&
  one.record.options.recipe.epochs === other.record.options.recipe.epochs &&
  one.record.options.width === other.record.options.width &&
  one.record.options.limit === other.record.options.limit;
