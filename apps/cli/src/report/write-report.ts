import type * as tfl from '@tensorflow/tfjs-layers';
import { writeFileAtomically } from '@zoo/core/files';
import type { Evaluation } from '@zoo/trainers';
import { classify } from '@zoo/trainers';
import sharp from 'sharp';
import { commandName } from '../command-name.ts';
import { pngOf } from '../pictures/png.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { RunRecord } from '../run/run-record.ts';
import type { SavedExample } from '../training/save-examples.ts';
import { confusionMatrix } from './confusion.ts';
import { curves } from './curves.ts';
import type { JudgedExample } from './gallery.ts';
import { reportPage } from './report-page.ts';

/** Longest side of a picture inside the page: twice of what is shown, for fine screens. */
const longestSide = 192;

async function judged(
  model: tfl.LayersModel,
  { name, label, picture }: SavedExample,
  classes: readonly string[],
): Promise<JudgedExample> {
  const { data, info } = await sharp(await pngOf(picture))
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
  return {
    name,
    label: classes[label] ?? '',
    guesses: await classify(model, picture, { labels: classes, top: 3 }),
    png: data,
    width: info.width,
    height: info.height,
  };
}

/** Draws the curves and the confusion matrix, and writes the page that shows everything. */
export async function writeReport(
  model: tfl.LayersModel,
  run: RunFolder,
  record: RunRecord,
  evaluation: Evaluation,
  examples: readonly SavedExample[],
): Promise<void> {
  const { classes } = record.data;
  const wide = curves(record, evaluation);
  const narrow = curves(record, evaluation, 'narrow');
  const confusion = confusionMatrix(evaluation.confusion, classes);
  const judgedExamples: JudgedExample[] = [];
  for (const example of examples) judgedExamples.push(await judged(model, example, classes));
  if (wide) await writeFileAtomically(run.curves, wide);
  await writeFileAtomically(run.confusion, confusion);
  const page = reportPage({
    record,
    evaluation,
    curves: wide && narrow ? { wide, narrow } : undefined,
    confusion,
    examples: judgedExamples,
    command: commandName(),
    folder: run.folder,
  });
  await writeFileAtomically(run.report, page);
}
