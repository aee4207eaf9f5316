import { rm } from 'node:fs/promises';
import type * as tfl from '@tensorflow/tfjs-layers';
import { writeFileAtomically } from '@zoo/core/files';
import type { Dataset } from '@zoo/loaders';
import type { Evaluation } from '@zoo/trainers';
import { commandName } from '../command-name.ts';
import { pictureNotices } from '../data/leak-notice.ts';
import { hasPictures } from '../data/recorded-part.ts';
import type { KeptBest } from '../run/kept-best.ts';
import type { RunFolder } from '../run/run-folder.ts';
import { readRunPictures } from '../run/run-pictures.ts';
import type { RunRecord } from '../run/run-record.ts';
import type { SavedExample } from '../training/save-examples.ts';
import { classifiedExample, shownGuesses } from './classified-example.ts';
import { confusionMatrix } from './confusion.ts';
import { curves } from './curves.ts';
import { filterPictures } from './filter-section.ts';
import type { ClassifiedExample } from './gallery.ts';
import { reportPage } from './report-page.ts';

/** A run that has come to its end. */
export interface ReportedRun {
  model: tfl.LayersModel;
  run: RunFolder;
  record: RunRecord;
  evaluation: Evaluation;
  examples: readonly SavedExample[];
  /** What `evaluation` is of. */
  test: Dataset;
  /** Where it keeps one. */
  best: KeptBest | undefined;
}

/** Removes the page of a run and its drawings, where they show what the run no longer is. The page goes first: it shows the others. */
export async function removeReport({ report, curves, confusion }: RunFolder): Promise<void> {
  for (const file of [report, curves, confusion]) await rm(file, { force: true });
}

/** Draws the curves and the confusion matrix, and writes the page that shows everything. */
export async function writeReport({
  model,
  run,
  record,
  evaluation,
  examples,
  test,
  best,
}: ReportedRun): Promise<void> {
  const { classes } = record.data;
  const drawn = { ...record, ...(best && { best: best.epoch.epoch }) };
  const wide = curves(drawn, evaluation);
  const narrow = curves(drawn, evaluation, 'narrow');
  const confusion = confusionMatrix(evaluation.confusion, classes);
  const classifiedExamples: ClassifiedExample[] = [];
  for (const example of examples) classifiedExamples.push(await classifiedExample(model, example, classes));
  if (wide) await writeFileAtomically(run.curves, wide);
  await writeFileAtomically(run.confusion, confusion);
  const pictures = hasPictures(record.data) ? await readRunPictures(run.pictures) : [];
  const page = reportPage({
    record,
    evaluation,
    curves: wide && narrow ? { wide, narrow } : undefined,
    examples: classifiedExamples,
    notes: pictureNotices(record.data.name, pictures),
    guesses: await shownGuesses(model, test, evaluation),
    filters: await filterPictures(run),
    command: commandName(),
    folder: run.folder,
    best,
  });
  await writeFileAtomically(run.report, page);
}
