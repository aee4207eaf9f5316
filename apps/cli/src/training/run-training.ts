import { existsSync } from 'node:fs';
import { version_core } from '@tensorflow/tfjs-core';
import type { Backend } from '@zoo/backends';
import { isZooError, ZooError } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { dataRecord } from '../data/data-record.ts';
import { partsWithChannels } from '../data/fit-channels.ts';
import { contradictionNotice, leakNotice } from '../data/leak-notice.ts';
import { openData } from '../data/open-data.ts';
import { requireMemory } from '../data/require-memory.ts';
import { openRunData } from '../data/run-data.ts';
import { startBackend } from '../options/backend-options.ts';
import type { TrainOptions } from '../options/train-options.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { thisMachine } from '../run/machine.ts';
import { requireWeights } from '../run/require-weights.ts';
import { claimRunFolder, emptyRunFolder, leaveRunFolder, type RunFolder, runFolder } from '../run/run-folder.ts';
import { lockRun } from '../run/run-lock.ts';
import { runPictures, writeRunPictures } from '../run/run-pictures.ts';
import { thisProcess } from '../run/run-process.ts';
import { checkpointProgress, type RunProgress } from '../run/run-progress.ts';
import { type RunRecord, readRunRecord, type Versions } from '../run/run-record.ts';
import { recordingFailure } from '../run/run-state.ts';
import type { Terminal } from '../terminal.ts';
import { zooVersion } from '../version.ts';
import { beginTraining, limited } from './begin-training.ts';
import { firstModel } from './first-model.ts';
import { withFirstWeights } from './first-weights.ts';
import { catchInterruption, type Interruption } from './interruption.ts';
import { planRun, requireSameRun } from './plan.ts';
import { requireFirstFit } from './require-first-fit.ts';
import { trainRun } from './train-run.ts';

const versions = ({ name, detail }: Backend): Versions => ({
  zoo: zooVersion,
  tfjs: version_core,
  node: process.versions.node,
  backend: `${name} (${detail})`,
});

/** Hands work a Ctrl-C that it can bring to a good end. */
async function interruptible(
  terminal: Terminal,
  announce: () => string,
  work: (interruption: Interruption) => Promise<void>,
): Promise<void> {
  const interruption = catchInterruption(terminal, announce);
  try {
    await work(interruption);
  } catch (error) {
    throw (isZooError(error) && error.code === 'interrupted' && interruption.outputFailure()) || error;
  } finally {
    interruption.release();
    terminal.endLive();
  }
}

const saving = 'Finishing the step, saving a checkpoint ...';
const stopping = 'Stopping ...';

/**
 * `zoo train PRESET --data ...`
 *
 * @param words What was typed for it.
 */
export async function startRun(
  preset: string | undefined,
  options: TrainOptions,
  terminal: Terminal,
  words: string[],
): Promise<void> {
  const now = new Date();
  const plan = planRun(preset, options, now);
  if (options.weights !== undefined) requireWeights(options.weights);
  const run = await claimRunFolder(plan.folder, options.overwrite === true, words);
  const { source, options: planned } = plan;
  let training = false;
  try {
    await interruptible(
      terminal,
      () => (training ? saving : stopping),
      async (interruption) => {
        const { signal } = interruption;
        const loading = { signal, onProgress: showLongWork(terminal), onNotice: terminal.note };
        // What may be wrong with files comes first: a backend takes seconds to start.
        const prepared = await interruption.abandonable(() =>
          withFirstWeights(planned.weights, { terminal, signal }, async (first) => {
            if (first) requireFirstFit(plan, first, options.lrn !== undefined);
            const parts = await openData(source, planned.seed, { ...loading, skipDamaged: planned.skipDamaged });
            terminal.endLive();
            const beginning = await beginTraining(plan, parts, options, first, terminal);
            const pictures = parts.folder && (await runPictures(beginning.data, parts.folder.listing));
            const backend = await startBackend(options, terminal);
            const model = await firstModel(beginning.spec, beginning.runOptions, first, terminal);
            return { ...beginning, backend, model, parts, pictures };
          }),
        );
        const { spec, data, runOptions, model, backend, parts, pictures } = prepared;
        const record: RunRecord = {
          state: 'running',
          process: thisProcess(),
          preset: `${spec.family}/${spec.preset}`,
          startedAt: now.toISOString(),
          commands: [words],
          machine: thisMachine(),
          data: dataRecord(source, data, parts.folder),
          options: runOptions,
          versions: versions(backend),
          epochs: [],
          steps: [],
          spec,
        };
        if (pictures) {
          for (const notice of [contradictionNotice(source.name, pictures), leakNotice(source.name, pictures)])
            if (notice) terminal.note(notice);
        }
        training = true;
        await emptyRunFolder(run);
        if (pictures) await writeRunPictures(run.pictures, pictures);
        await recordingFailure(run, () =>
          trainRun({ model, run, record, ...data, resume: false, interruption, terminal, ...presentation(options) }),
        );
      },
    );
  } finally {
    await leaveRunFolder(run);
  }
}

/** `zoo train --resume RUN` */
export async function resumeRun(
  preset: string | undefined,
  options: TrainOptions,
  terminal: Terminal,
  words: string[],
): Promise<void> {
  const run = runFolder(options.resume ?? '');
  if (existsSync(run.folder) && !existsSync(run.record))
    throw new ZooError(
      'not-found',
      `${run.folder}: holds no run to go on with. If it was stopped before it had begun, begin it again by what you typed then.`,
    );
  const { preset: name } = await readRunRecord(run.record);
  requireSameRun(preset, options, { folder: run.folder, preset: name });
  const lock = await lockRun(run.folder, words, 'copy it to another folder and go on there');
  try {
    await goOn(run, options, terminal, words);
  } finally {
    await lock.release();
  }
}

/** Goes on with a run whose folder is this process's. */
async function goOn(run: RunFolder, options: TrainOptions, terminal: Terminal, words: string[]): Promise<void> {
  const former = await readRunRecord(run.record);
  const recipe = { ...former.options.recipe, epochs: options.epochs ?? former.options.recipe.epochs };
  const progress = await checkpointProgress(run.checkpoint, former);
  requireMoreToDo(run, former, progress, recipe.epochs);
  let training = false;
  await interruptible(
    terminal,
    () => (training ? saving : stopping),
    async (interruption) => {
      const { signal } = interruption;
      const loading = { signal, onProgress: showLongWork(terminal), onNotice: terminal.note };
      const { data, model, backend } = await interruption.abandonable(async () => {
        const parts = await openRunData(run, former.data, loading);
        terminal.endLive();
        const backend = await startBackend(options, terminal);
        const data = limited(partsWithChannels(parts, former.spec.input[2]), former.options);
        requireMemory(former.spec, Math.min(recipe.batchSize, data.training.length));
        if (!progress) terminal.note(`${run.folder}: has no checkpoint yet, so it begins anew.`);
        // Resumed from a checkpoint, the weights come from there.
        const model = progress
          ? buildModel(former.spec, { seed: former.options.seed })
          : await withFirstWeights(former.options.weights, { terminal, signal }, (first) =>
              firstModel(former.spec, former.options, first, terminal),
            );
        return { data, model, backend };
      });
      const { evaluation: _, finishedAt: __, failure: ___, ...kept } = former;
      const record: RunRecord = {
        ...kept,
        ...(progress ?? { epochs: [], steps: [] }),
        state: 'running',
        process: thisProcess(),
        options: { ...former.options, recipe },
        commands: [...former.commands, words],
        machine: thisMachine(),
        versions: versions(backend),
      };
      training = true;
      const resume = progress !== undefined;
      await recordingFailure(run, () =>
        trainRun({ model, run, record, ...data, resume, interruption, terminal, ...presentation(options) }),
      );
    },
  );
}

const presentation = ({ json, maxMinutes }: TrainOptions): { json: boolean; maxMinutes: number | undefined } => ({
  json: json === true,
  maxMinutes,
});

/** @throws ZooError `usage` when all epochs of a run are done, `not-found` for a finished one without its checkpoint. */
function requireMoreToDo(
  { folder, checkpoint }: RunFolder,
  { state, epochs }: RunRecord,
  progress: RunProgress | undefined,
  wanted: number,
): void {
  if (state !== 'finished') return;
  if (epochs.length >= wanted)
    throw new ZooError(
      'usage',
      `${folder}: has done its ${epochs.length} epochs. Pass --epochs with a larger number to go on, or start another run.`,
    );
  if (!progress)
    throw new ZooError(
      'not-found',
      `${checkpoint}: is missing, so the finished run cannot go on. Start another one, which may begin with its --weights ${folder}.`,
    );
}
