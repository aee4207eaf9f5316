import { existsSync } from 'node:fs';
import { isZooError, type Parse, parseArray, parseObject, ZooError } from '@zoo/core';
import { metadataJson, openTensors } from '@zoo/weights';
import { type EpochRecord, parseEpoch, parseStretch, type RunRecord, type Stretch } from './run-record.ts';

// In which order a run's files are written, so that one that is killed at any moment can go on:
//
// 1. pictures.jsonl, then run.json. From run.json on there is a run; what is found without it was never one, and is replaced.
//    Where a run is overwritten, its run.json is the first file to go.
// 2. checkpoint.safetensors, again and again: weights, optimiser, and what the run's record tells of them, in one file that is replaced
//    as a whole. This is the one place where a run learns something.
// 3. run.json after each checkpoint: a copy of what that tells, for those who look on. It may be behind the checkpoint, never ahead of
//    it. A run that goes on takes its epochs out of the checkpoint, and has none without one.
// 4. weights, examples and report, and at last run.json with `finished`. Until that is there the others count for nothing: they are
//    made anew out of the checkpoint.
//
// Each file is written under a temporary name, flushed and renamed, so it is whole or as it was. Only one process at a time does any of
// this (`lockRun`). No two files ever have to change at the same moment.

/** What a run's record tells of its training so far. */
export type RunProgress = Pick<RunRecord, 'epochs' | 'steps'>;

const field = 'zoo.run';
const parseProgress: Parse<RunProgress> = parseObject<{ epochs: EpochRecord[]; steps: Stretch[] }>({
  epochs: parseArray(parseEpoch),
  steps: parseArray(parseStretch),
});

/** Progress as a text of a checkpoint, if it can be read again. */
export const progressMetadata = ({ epochs, steps }: RunProgress): Record<string, string> => ({
  [field]: JSON.stringify(parseProgress({ epochs, steps }, field)),
});

/**
 * What a checkpoint tells; nothing where there is none.
 *
 * @throws ZooError `corrupt-file` for one that is damaged.
 */
export async function checkpointProgress(checkpoint: string): Promise<RunProgress | undefined> {
  if (!existsSync(checkpoint)) return undefined;
  try {
    const file = await openTensors(checkpoint);
    try {
      return parseProgress(metadataJson(file, field), `${file.name}: ${field}`);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isZooError(error) || error.code !== 'corrupt-file') throw error;
    throw new ZooError(error.code, `${error.message} Or delete ${checkpoint}: the run then begins anew.`, {
      cause: error,
    });
  }
}
