import { type Evaluation, oneClassOnly } from '@zoo/trainers';
import { counted, duration, percent, rate, thousands } from '../rendering/quantities.ts';
import { epochsDone } from '../run/epochs-done.ts';
import type { RunRecord } from '../run/run-record.ts';
import { warningLine } from '../training/advice.ts';
import { stoppedByItself } from '../training/early-end.ts';
import { trainingTime } from '../training/stretches.ts';
import { classResults } from './class-results.ts';

/** Why a training was shorter than its recipe; nothing where it was not. */
function endText(record: RunRecord): string[] {
  const [done, wanted] = [record.epochs.length, record.options.recipe.epochs];
  if (stoppedByItself(record))
    return [
      `Training ended by itself after ${counted(done, 'epoch')}, since the loss on the test pictures fell no longer.`,
    ];
  if (done >= wanted) return [];
  return [
    `It was stopped before its ${counted(wanted, 'epoch')} ${wanted === 1 ? 'was' : 'were'} done, so more training may make it better.`,
  ];
}

/** What it looked at, and for how long. */
function trainingText({ data, epochs, steps }: RunRecord): string {
  const { seconds, imagesPerSecond } = trainingTime(steps);
  const pace = `in ${duration(seconds)} of training, ${rate(imagesPerSecond)} a second`;
  const done = steps.at(-1)?.epoch ?? 0;
  if (done < 1) {
    const examples = steps.reduce((sum, one) => sum + one.examples, 0);
    return `The network was trained on ${thousands(examples)} of ${counted(data.training, 'training picture')} once, ${pace}.`;
  }
  const looks = { 1: 'once', 2: 'twice' }[done] ?? `${epochsDone({ epochs, steps })} times`;
  return `The network was trained on ${counted(data.training, 'training picture')} ${looks}, ${pace}.`;
}

/** The classes that it does best and worst on; nothing where all are alike. */
export function bestAndWorst(confusion: Evaluation['confusion'], classes: readonly string[]): string[] {
  const tested = classResults(confusion, classes).filter(({ total }) => total > 0);
  const ranked = [...tested].sort((a, b) => b.share - a.share);
  const best = ranked[0];
  const worst = ranked.at(-1);
  if (!best || !worst || best.share === worst.share) return [];
  return [
    `It does best on ${best.name} (${percent(best.share)}) and worst on ${worst.name} (${percent(worst.share)})${worst.mistakenFor ? `, which it takes for ${worst.mistakenFor.name} most often` : ''}.`,
  ];
}

/** What came of a run, for somebody who has never trained a network. */
export function plainSummary(record: RunRecord, evaluation: Evaluation): string[] {
  const { data, options } = record;
  const right = Math.round(evaluation.top1 * evaluation.examples);
  return [
    trainingText(record),
    `Of ${counted(evaluation.examples, 'picture')} it had not been trained on, it classified ${thousands(right)} correctly. Guessing blindly would be right for about one in ${data.classes.length}.`,
    ...bestAndWorst(evaluation.confusion, data.classes),
    ...oneClassOnly(evaluation, data.classes).map((warning) =>
      warningLine(warning, { preset: record.preset, recipe: options.recipe }),
    ),
    ...endText(record),
  ];
}
