import { isZooError, ZooError } from '@zoo/core';
import { type Dataset, folderParts } from '@zoo/loaders';
import { type RunFolder, runFolder } from '../run/run-folder.ts';
import { runNamed } from '../run/run-named.ts';
import { namesOf, ofPart, readRunPictures, used } from '../run/run-pictures.ts';
import type { RunData, RunRecord } from '../run/run-record.ts';
import type { DataSource } from './data-source.ts';
import { openTestData } from './open-data.ts';
import { shardParts } from './open-shards.ts';
import { hasPictures, isHeldOut, openRecordedPart } from './recorded-part.ts';
import type { RunDataOptions } from './run-data.ts';
import { openRunTest, trainedNotice } from './run-test-data.ts';

/** The data that `zoo eval` tests on. */
interface Evaluated {
  source: DataSource;
  /** Where the weights are those of a run. */
  record: RunRecord | undefined;
  /** Names of the network's classes; empty if unknown. */
  labels: readonly string[];
  skipDamaged?: true;
  withNew?: true;
}

function nothingIfOfZoo(error: unknown): undefined {
  if (!isZooError(error)) throw error;
}

/** The data of a run in another place, where a folder or shards have all of the pictures that the run recorded under their names. */
async function movedData(run: RunFolder, data: RunData, source: DataSource): Promise<RunData | undefined> {
  if (source.kind === 'data set' || !hasPictures(data)) return undefined;
  const shards = await shardParts(source);
  if ((shards === undefined) !== (data.shards === undefined)) return undefined;
  const place = shards ? { shards } : { parts: await folderParts(source.given) };
  const moved: RunData = { ...data, given: source.given, ...place };
  if (isHeldOut(moved) !== isHeldOut(data)) return undefined;
  const recorded = used(await readRunPictures(run.pictures));
  let names = new Set<string>();
  for (const part of ['training', 'test'] as const) {
    // What was held out lies where the others lie.
    if (part === 'training' || !isHeldOut(moved))
      names = new Set(namesOf(await openRecordedPart(moved, part, { onNotice: () => {} })));
    if (!ofPart(recorded, part).every(({ name }) => names.has(name))) return undefined;
  }
  return moved;
}

/**
 * The data to test on: of a run's own data, even if it was moved, exactly what it held out. A notice says if other data may contain training pictures.
 *
 * @param given The run or weights, as the user named them.
 */
export async function openEvaluated(
  given: string,
  { source, record, labels, ...evaluated }: Evaluated,
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
  const test = await openTestData(source, labels, { ...options, skipDamaged });
  const notice = record && (await trainedNotice(run, record, source.name, test));
  if (notice) options.onNotice(notice);
  return test;
}
