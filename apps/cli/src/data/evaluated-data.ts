import { isZooError, ZooError } from '@zoo/core';
import { type Dataset, folderParts, imageFolder } from '@zoo/loaders';
import { type RunFolder, runFolder } from '../run/run-folder.ts';
import { runNamed } from '../run/run-named.ts';
import { namesOf, ofPart, readRunPictures, used } from '../run/run-pictures.ts';
import type { RunData, RunRecord } from '../run/run-record.ts';
import type { DataSource } from './data-source.ts';
import { openTestData } from './open-data.ts';
import type { RunDataOptions } from './run-data.ts';
import { openRunTest, trainedNotice } from './run-test-data.ts';

/** The data that `zoo eval` tests on. */
interface Evaluated {
  source: DataSource;
  /** Where the weights are those of a run. */
  record: RunRecord | undefined;
  skipDamaged?: true;
  withNew?: true;
}

function nothingIfOfZoo(error: unknown): undefined {
  if (!isZooError(error)) throw error;
}

/** The data of a run in another place, where a folder has all of the pictures that the run recorded under their names. */
async function movedData(
  run: RunFolder,
  data: RunData,
  { given: folder, kind }: DataSource,
): Promise<RunData | undefined> {
  if (kind !== 'folder' || !data.parts) return undefined;
  const parts = await folderParts(folder);
  if ((parts.test === undefined) !== (data.parts.test === undefined)) return undefined;
  const recorded = used(await readRunPictures(run.pictures));
  for (const part of ['training', 'test'] as const) {
    const names = new Set(namesOf(await imageFolder(parts[part] ?? parts.training)));
    if (!ofPart(recorded, part).every(({ name }) => names.has(name))) return undefined;
  }
  return { ...data, given: folder, parts };
}

/**
 * The data to test on: of a run's own data, even if it was moved, exactly what it held out. A notice says if other data may contain training pictures.
 *
 * @param given The run or weights, as the user named them.
 */
export async function openEvaluated(
  given: string,
  { source, record, ...evaluated }: Evaluated,
  options: RunDataOptions,
): Promise<Dataset> {
  const [skipDamaged, withNew] = [evaluated.skipDamaged === true, evaluated.withNew === true];
  const run = runFolder(runNamed(given)?.folder ?? given);
  if (record?.data.given === source.given) return openRunTest(run, record.data, { ...options, skipDamaged, withNew });
  // Errors of the folder are reported when it is opened for the test.
  const moved = record && (await movedData(run, record.data, source).catch(nothingIfOfZoo));
  if (moved) {
    options.onNotice(
      `${source.name}: holds the pictures that ${given} was trained on. Testing on those that it held out.`,
    );
    return openRunTest(run, moved, { ...options, skipDamaged, withNew });
  }
  if (withNew)
    throw new ZooError('usage', '--with-new: goes with the data of a run. Name a run, and leave --data out.');
  const test = await openTestData(source, { ...options, skipDamaged });
  const notice = record && (await trainedNotice(run, record, source.name, test));
  if (notice) options.onNotice(notice);
  return test;
}
