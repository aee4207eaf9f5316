import { existsSync } from 'node:fs';
import { version_core } from '@tensorflow/tfjs-core';
import type { Backend } from '@zoo/backends';
import { ZooError } from '@zoo/core';
import { buildModel } from '@zoo/layers';
import { dataRecord } from '../data/data-record.ts';
import { partsWithChannels } from '../data/fit-channels.ts';
import { leakNotice } from '../data/leak-notice.ts';
import { openData } from '../data/open-data.ts';
import { requireMemory } from '../data/require-memory.ts';
import { openRunData } from '../data/run-data.ts';
import { startBackend } from '../options/backend-options.ts';
import type { TrainOptions } from '../options/train-options.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { thisMachine } from '../run/machine.ts';
import { requireWeights } from '../run/require-weights.ts';
import { claimRunFolder, emptyRunFolder, leaveNoEmptyFolder, type RunFolder, runFolder } from '../run/run-folder.ts';
import { runPictures, writeRunPictures } from '../run/run-pictures.ts';
import { thisProcess } from '../run/run-process.ts';
import { type RunRecord, readRunRecord, type Versions, writeRunRecord } from '../run/run-record.ts';
import { recordingFailure, requireNotRunning } from '../run/run-state.ts';
import { typedWords } from '../run/typed-command.ts';
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
  } finally {
    interruption.release();
    terminal.endLive();
  }
}

/** `zoo train PRESET --data ...` */
export async function startRun(preset: string | undefined, options: TrainOptions, terminal: Terminal): Promise<void> {
  const now = new Date();
  const plan = planRun(preset, options, now);
  if (options.weights !== undefined) requireWeights(options.weights);
  const run = await claimRunFolder(plan.folder, options.overwrite === true);
  const { source, options: planned } = plan;
  let training = false;
  const announce = () => (training ? 'Finishing the step, saving a checkpoint ...' : 'Stopping ...');
  await interruptible(terminal, announce, async (interruption) => {
    try {
      // What may be wrong with files comes first: a backend takes seconds to start.
      const { parts, backend, model, spec, data, runOptions } = await withFirstWeights(
        planned.weights,
        terminal,
        async (first) => {
          if (first) await requireFirstFit(plan, first, options.lrn !== undefined);
          const parts = await openData(source, planned.seed, {
            signal: interruption.signal,
            onProgress: showLongWork(terminal),
            onNotice: terminal.note,
            skipDamaged: planned.skipDamaged,
          });
          terminal.endLive();
          const begun = beginTraining(plan, parts, options, first, terminal);
          const backend = await startBackend(options, terminal);
          const model = await firstModel(begun.spec, begun.runOptions, first, terminal);
          return { parts, backend, model, ...begun };
        },
      );
      const record: RunRecord = {
        state: 'running',
        process: thisProcess(),
        preset: `${spec.family}/${spec.preset}`,
        startedAt: now.toISOString(),
        commands: [typedWords()],
        machine: thisMachine(),
        data: dataRecord(source, data, parts.folder),
        options: runOptions,
        versions: versions(backend),
        epochs: [],
        steps: [],
        spec,
      };
      const pictures = parts.folder && (await runPictures(data, parts.folder.listing));
      if (pictures) {
        const notice = leakNotice(source.name, pictures);
        if (notice) terminal.note(notice);
      }
      await emptyRunFolder(run);
      await writeRunRecord(run.record, record);
      if (pictures) await writeRunPictures(run.pictures, pictures);
      training = true;
      await recordingFailure(run, () =>
        trainRun({ model, run, record, ...data, resume: false, interruption, terminal, ...presentation(options) }),
      );
    } finally {
      await leaveNoEmptyFolder(run);
    }
  });
}

/** `zoo train --resume RUN` */
export async function resumeRun(preset: string | undefined, options: TrainOptions, terminal: Terminal): Promise<void> {
  const run = runFolder(options.resume ?? '');
  const former = await readRunRecord(run.record);
  requireSameRun(preset, options, { folder: run.folder, preset: former.preset });
  const recipe = { ...former.options.recipe, epochs: options.epochs ?? former.options.recipe.epochs };
  requireNotRunning(run, former);
  requireMoreToDo(run, former, recipe.epochs);
  await interruptible(
    terminal,
    () => 'Finishing the step, saving a checkpoint ...',
    async (interruption) => {
      const parts = await openRunData(run, former.data, {
        signal: interruption.signal,
        onProgress: showLongWork(terminal),
        onNotice: terminal.note,
      });
      terminal.endLive();
      const backend = await startBackend(options, terminal);
      const data = limited(partsWithChannels(parts, former.spec.input[2]), former.options);
      requireMemory(former.spec, Math.min(recipe.batchSize, data.training.length));
      const { evaluation: _, finishedAt: __, failure: ___, ...kept } = former;
      const record: RunRecord = {
        ...kept,
        state: 'running',
        process: thisProcess(),
        options: { ...former.options, recipe },
        commands: [...former.commands, typedWords()],
        machine: thisMachine(),
        versions: versions(backend),
      };
      const resume = existsSync(run.checkpoint);
      if (!resume) terminal.note(`${run.folder}: has no checkpoint yet, so it begins anew.`);
      // Resumed from a checkpoint, the weights come from there.
      const model = resume
        ? buildModel(record.spec, { seed: record.options.seed })
        : await withFirstWeights(record.options.weights, terminal, (first) =>
            firstModel(record.spec, record.options, first, terminal),
          );
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

/** @throws ZooError `usage` when all epochs of a run are done. */
function requireMoreToDo({ folder, checkpoint }: RunFolder, { state, epochs }: RunRecord, wanted: number): void {
  if (state === 'finished' && epochs.length >= wanted)
    throw new ZooError(
      'usage',
      `${folder}: has done its ${epochs.length} epochs. Pass --epochs with a larger number to go on, or start another run.`,
    );
  if (epochs.length > 0 && !existsSync(checkpoint))
    throw new ZooError('not-found', `${checkpoint}: is missing, so the run cannot go on. Start another one.`);
}
