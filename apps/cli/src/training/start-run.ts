import { dataRecord } from '../data/data-record.ts';
import { pictureNotices } from '../data/leak-notice.ts';
import { openData } from '../data/open-data.ts';
import { presetName } from '../families.ts';
import { startBackend } from '../options/backend-options.ts';
import type { TrainOptions } from '../options/train-options.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { thisMachine } from '../run/machine.ts';
import { requireWeights } from '../run/require-weights.ts';
import { claimRunFolder, emptyRunFolder, leaveRunFolder } from '../run/run-folder.ts';
import { requireNoPart } from '../run/run-named.ts';
import { runPictures, writeRunPictures } from '../run/run-pictures.ts';
import { thisProcess } from '../run/run-process.ts';
import type { RunRecord } from '../run/run-record.ts';
import { recordingFailure } from '../run/run-state.ts';
import { versionsOf } from '../run/versions-of.ts';
import type { Terminal } from '../terminal.ts';
import { firstModel } from './first-model.ts';
import { withFirstWeights } from './first-weights.ts';
import { interruptible } from './interruptible.ts';
import { planRun } from './plan.ts';
import { requireFirstFit } from './require-first-fit.ts';
import { setUpTraining } from './set-up-training.ts';
import { trainToEnd } from './train-to-end.ts';

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
  requireNoPart(plan.folder);
  const run = await claimRunFolder(plan.folder, options.overwrite === true, words);
  const { source, options: planned } = plan;
  try {
    await interruptible(terminal, async (interruption, trainingBegins) => {
      const { signal } = interruption;
      const loading = { signal, onProgress: showLongWork(terminal), onNotice: terminal.note };
      // What may be wrong with files comes first: a backend takes seconds to start.
      const prepared = await interruption.abandonable(() =>
        withFirstWeights(planned, { terminal, signal }, async (first) => {
          if (first) requireFirstFit(plan, first, options.lrn !== undefined);
          const parts = await openData(source, planned.seed, { ...loading, skipDamaged: planned.skipDamaged });
          terminal.endLive();
          const setup = await setUpTraining(plan, parts, options, first, terminal);
          const { pictures: found } = parts;
          const pictures = found && (await runPictures(setup.data, found.listing, found.place.shards !== undefined));
          const backend = await startBackend(options, terminal);
          const model = await firstModel(setup.spec, setup.runOptions, first, terminal);
          return { ...setup, backend, model, parts, pictures };
        }),
      );
      const { spec, data, runOptions, model, backend, parts, pictures } = prepared;
      const record: RunRecord = {
        state: 'running',
        process: thisProcess(),
        preset: presetName(spec),
        startedAt: now.toISOString(),
        commands: [words],
        machine: thisMachine(),
        data: dataRecord(source, data, parts.pictures),
        options: runOptions,
        versions: versionsOf(backend),
        epochs: [],
        steps: [],
        spec,
      };
      for (const notice of pictureNotices(source.name, pictures ?? [])) terminal.note(notice);
      trainingBegins();
      await emptyRunFolder(run);
      if (pictures) await writeRunPictures(run.pictures, pictures);
      await recordingFailure(run, () =>
        trainToEnd({
          model,
          run,
          record,
          ...data,
          resume: false,
          interruption,
          workers: options.workers,
          terminal,
          json: options.json === true,
          maxMinutes: options.maxMinutes,
        }),
      );
    });
  } finally {
    await leaveRunFolder(run);
  }
}
