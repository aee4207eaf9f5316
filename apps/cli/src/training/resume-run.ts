import { createReadStream, existsSync } from 'node:fs';
import { ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import { buildModel } from '@zoo/layers';
import { partsWithChannels } from '../data/fit-channels.ts';
import { requireStepMemory } from '../data/require-memory.ts';
import { openRunData } from '../data/run-data.ts';
import type { TrainOptions } from '../options/train-options.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { thisMachine } from '../run/machine.ts';
import { type RunFolder, runFolder } from '../run/run-folder.ts';
import { lockRun } from '../run/run-lock.ts';
import { runNamed } from '../run/run-named.ts';
import { thisProcess } from '../run/run-process.ts';
import { checkpointProgress, type RunProgress } from '../run/run-progress.ts';
import { type RunRecord, readRunRecord } from '../run/run-record.ts';
import { recordingFailure } from '../run/run-state.ts';
import { versionsOf } from '../run/versions-of.ts';
import type { Terminal } from '../terminal.ts';
import { stoppedByItself } from './early-end.ts';
import { firstModel } from './first-model.ts';
import { withFirstWeights } from './first-weights.ts';
import { interruptible } from './interruptible.ts';
import { requireSameRun } from './plan.ts';
import { startResumedBackend } from './resumed-backend.ts';
import { lostBestNotice, requireBestFits, requireOwnEpochs } from './resumed-best.ts';
import { limited } from './set-up-training.ts';
import { trainToEnd } from './train-to-end.ts';
import { withoutGivenUp } from './without-given-up.ts';

/** `zoo train --resume RUN`, or `RUN/best` */
export async function resumeRun(
  preset: string | undefined,
  options: TrainOptions,
  terminal: Terminal,
  words: string[],
): Promise<void> {
  const { resume: given = '' } = options;
  const { folder, part } = runNamed(given) ?? { folder: given, part: 'last' };
  if (part === 'ema')
    throw new ZooError(
      'usage',
      `${given}: the average of the weights alone cannot be trained on. Resume ${folder}, which keeps it, or ${folder}/best.`,
    );
  const run = runFolder(folder);
  if (existsSync(run.folder) && !existsSync(run.record))
    throw new ZooError(
      'not-found',
      `${run.folder}: holds no run to resume. If it was stopped before it had started, repeat its original command.`,
    );
  const { preset: name } = await readRunRecord(run.record);
  requireSameRun(preset, options, { folder: run.folder, preset: name });
  const lock = await lockRun(run.folder, words, 'copy it to another folder and resume it there');
  try {
    await goOn(run, part === 'best' ? run.best : run.checkpoint, options, terminal, words);
  } finally {
    await lock.release();
  }
}

/**
 * Resumes a run whose folder this process has locked.
 *
 * @param from The checkpoint to go on from.
 */
async function goOn(
  run: RunFolder,
  from: string,
  options: TrainOptions,
  terminal: Terminal,
  words: string[],
): Promise<void> {
  const former = await readRunRecord(run.record);
  const recipe = { ...former.options.recipe, epochs: options.epochs ?? former.options.recipe.epochs };
  const spec = { ...former.spec, recipe };
  const fromBest = from === run.best;
  if (fromBest) requireBest(run, former);
  const progress = await checkpointProgress(
    from,
    former,
    fromBest ? `resume ${run.folder}, which goes on from its last checkpoint` : undefined,
  );
  if (fromBest && progress) await requireOwnEpochs(run, former, progress);
  requireMoreToDo(run, former, progress, recipe.epochs);
  const lost = progress && !fromBest ? await lostBestNotice(run, former, progress) : undefined;
  if (lost !== undefined) terminal.note(lost);
  await interruptible(terminal, async (interruption, trainingBegins) => {
    const { signal } = interruption;
    const loading = { signal, onProgress: showLongWork(terminal), onNotice: terminal.note };
    const { data, model, backend } = await interruption.abandonable(async () => {
      const parts = await openRunData(run, former.data, loading);
      terminal.endLive();
      const backend = await startResumedBackend(options, former.versions, terminal);
      const data = limited(partsWithChannels(parts, former.spec.input[2]), former.options);
      requireStepMemory(former.spec, recipe, data.training.length);
      if (!progress) terminal.note(`${run.folder}: has no checkpoint yet, so it starts again.`);
      // Resumed from a checkpoint, the weights come from there.
      const model = progress
        ? buildModel(spec, { seed: former.options.seed, initialize: false })
        : await withFirstWeights(former.options, { terminal, signal }, (first) =>
            firstModel(spec, former.options, first, terminal),
          );
      if (fromBest) await requireBestFits(run, former, model, data.training);
      return { data, model, backend };
    });
    const { evaluation: _, averaged: _averaged, finishedAt: __, failure: ___, diverged: ____, ...kept } = former;
    const record: RunRecord = {
      ...kept,
      ...(progress ?? { epochs: [], steps: [] }),
      state: 'running',
      process: thisProcess(),
      options: { ...former.options, recipe },
      spec,
      commands: [...former.commands, words],
      machine: thisMachine(),
      versions: versionsOf(backend),
    };
    trainingBegins();
    const resume = progress !== undefined;
    // Whatever happens from here on, the run is one that has come as far as its best epoch.
    if (fromBest) await writeFileAtomically(run.checkpoint, createReadStream(from));
    await withoutGivenUp(run, former, record);
    await recordingFailure(run, () =>
      trainToEnd({
        model,
        run,
        record,
        ...data,
        resume,
        interruption,
        workers: options.workers,
        terminal,
        json: options.json === true,
        maxMinutes: options.maxMinutes,
      }),
    );
  });
}

/** @throws ZooError `not-found` when a run keeps no best epoch, or has none yet. */
function requireBest({ folder, best }: RunFolder, { options, epochs }: RunRecord): void {
  if (existsSync(best)) return;
  const why = options.keepBest
    ? epochs.length === 0
      ? 'it has not done an epoch yet'
      : `${best} is missing`
    : 'it was trained without --keep-best';
  throw new ZooError('not-found', `${folder}: has no best epoch to go back to, since ${why}. Resume ${folder} itself.`);
}

/** @throws ZooError `usage` when all epochs of a run are done, `not-found` for a finished one without its checkpoint. */
function requireMoreToDo(
  { folder, checkpoint }: RunFolder,
  former: RunRecord,
  progress: RunProgress | undefined,
  wanted: number,
): void {
  const { state } = former;
  if (state !== 'finished') return;
  // A run that has gone back to its best epoch has done fewer than its record tells.
  const { epochs } = progress ?? former;
  if (epochs.length >= wanted)
    throw new ZooError(
      'usage',
      `${folder}: has done its ${epochs.length} epochs. Pass --epochs with a larger number to continue, or start another run.`,
    );
  if (stoppedByItself({ ...former, epochs }))
    throw new ZooError(
      'usage',
      `${folder}: was ended by --early-stopping ${former.options.recipe.earlyStopping} after ${epochs.length} epochs. Start another run without it, for example with --weights ${folder}.`,
    );
  if (!progress)
    throw new ZooError(
      'not-found',
      `${checkpoint}: is missing, so the finished run cannot be resumed. Start another one, for example with --weights ${folder}.`,
    );
}
