import { ZooError } from '@zoo/core';
import type { Dataset } from '@zoo/loaders';
import { runFolder } from '../run/run-folder.ts';
import type { RunRecord } from '../run/run-record.ts';
import type { DataSource } from './data-source.ts';
import { openTestData } from './open-data.ts';
import type { RunDataOptions } from './run-data.ts';
import { openRunTest, trainedNotice } from './run-test-data.ts';

/** What `zoo eval` is asked. */
interface Evaluated {
  source: DataSource;
  /** Where the weights are those of a run. */
  record: RunRecord | undefined;
  skipDamaged?: true;
  withNew?: true;
}

/**
 * What to test on: of a run's own data just what it held out. Of other data it may have been trained on some: that is told.
 *
 * @param given The run or weights, as the user named them.
 */
export async function openEvaluated(
  given: string,
  { source, record, ...asked }: Evaluated,
  options: RunDataOptions,
): Promise<Dataset> {
  const [skipDamaged, withNew] = [asked.skipDamaged === true, asked.withNew === true];
  if (record?.data.given === source.given)
    return openRunTest(runFolder(given), record.data, { ...options, skipDamaged, withNew });
  if (withNew)
    throw new ZooError('usage', '--with-new: goes with the data of a run. Name a run, and leave --data out.');
  const test = await openTestData(source, { ...options, skipDamaged });
  const notice = record && (await trainedNotice(runFolder(given), record, source.name, test));
  if (notice) options.onNotice(notice);
  return test;
}
