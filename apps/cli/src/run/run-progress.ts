import { existsSync } from 'node:fs';
import { isZooError, type Parse, parseArray, parseObject, ZooError } from '@zoo/core';
import { metadataJson, openTensors } from '@zoo/weights';
import {
  type LearnedInEpoch,
  type LearnedInStretch,
  parseLearnedInEpoch,
  parseLearnedInStretch,
  type RunRecord,
} from './run-record.ts';

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
// A run that goes back to its best epoch makes that its checkpoint first, so that run.json is ahead of it for once; then the report of
// what it gave up is removed, and run.json is written.
//
// Each file is written under a temporary name, flushed and renamed, so it is whole or as it was. Only one process at a time does any of
// this (`lockRun`). No two files ever have to change at the same moment.

/** What a run's record tells of its training so far. */
export type RunProgress = Pick<RunRecord, 'epochs' | 'steps'>;

/** What of it a checkpoint keeps. Times are left out: of the same run, done in one go or in ten, the checkpoint is the same to the byte. */
interface Learned {
  epochs: LearnedInEpoch[];
  steps: LearnedInStretch[];
}

const field = 'zoo.run';
const parseLearned: Parse<Learned> = parseObject<Learned>({
  epochs: parseArray(parseLearnedInEpoch),
  steps: parseArray(parseLearnedInStretch),
});

/** Progress as a text of a checkpoint, if it can be read again. */
export function progressMetadata({ epochs, steps }: RunProgress): Record<string, string> {
  const learned: Learned = {
    epochs: epochs.map(({ seconds: _, waitedForData: __, imagesPerSecond: ___, ...epoch }) => epoch),
    steps: steps.map(({ seconds: _, ...stretch }) => stretch),
  };
  return { [field]: JSON.stringify(parseLearned(learned, field)) };
}

/** With the times that a record has measured; 0 for what it does not tell of, as its process was killed in between. */
function withTimes({ epochs, steps }: Learned, record: RunProgress): RunProgress {
  const took = (from: number, to: number): number =>
    record.steps.reduce((sum, { epoch, seconds }) => (epoch > from && epoch <= to ? sum + seconds : sum), 0);
  return {
    epochs: epochs.map((epoch) => {
      const measured = record.epochs.find((one) => one.epoch === epoch.epoch);
      const { seconds = 0, waitedForData, imagesPerSecond = 0 } = measured ?? {};
      return { ...epoch, seconds, ...(waitedForData !== undefined && { waitedForData }), imagesPerSecond };
    }),
    steps: steps.map((stretch, index) => ({ ...stretch, seconds: took(steps[index - 1]?.epoch ?? 0, stretch.epoch) })),
  };
}

/**
 * How far a run has come, as its checkpoint tells; nothing where there is none.
 *
 * @param record Of the run, for the times.
 * @param remedy What to do about one that is damaged.
 * @throws ZooError `corrupt-file` for a checkpoint that is damaged.
 */
export async function checkpointProgress(
  checkpoint: string,
  record: RunProgress,
  remedy = `delete ${checkpoint}: the run then starts again`,
): Promise<RunProgress | undefined> {
  if (!existsSync(checkpoint)) return undefined;
  try {
    const file = await openTensors(checkpoint);
    try {
      return withTimes(parseLearned(metadataJson(file, field), `${file.name}: ${field}`), record);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isZooError(error) || error.code !== 'corrupt-file') throw error;
    throw new ZooError(error.code, `${error.message} Or ${remedy}.`, {
      cause: error,
    });
  }
}
