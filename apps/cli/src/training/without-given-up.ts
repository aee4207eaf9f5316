import { removeReport } from '../report/write-report.ts';
import { epochsDone } from '../run/epochs-done.ts';
import { writeHistory } from '../run/history.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { RunRecord } from '../run/run-record.ts';

/**
 * Where a run goes on from before what it had done, as from its best epoch, it gives up what came after: its report is removed until it
 * ends again, and its table of epochs is written anew. Its weights stay, which nothing takes for those of the run before that.
 *
 * Comes after the run's checkpoint is that from which it goes on, and before its record is written: a run that is killed in between is found
 * as it was by the next one, which does this again.
 *
 * @param former As the run's record was.
 * @param record As it is to be.
 */
export async function withoutGivenUp(run: RunFolder, former: RunRecord, record: RunRecord): Promise<void> {
  if (epochsDone(former) <= epochsDone(record)) return;
  await removeReport(run);
  await writeHistory(run.history, record);
}
