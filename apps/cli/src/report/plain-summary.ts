import type { Evaluation } from '@zoo/trainers';
import { counted, duration, percent, thousands } from '../rendering/quantities.ts';
import type { RunRecord } from '../run/run-record.ts';
import { classResults } from './class-results.ts';

/** What came of a run, for somebody who has never trained a network. */
export function plainSummary({ data, epochs, options }: RunRecord, evaluation: Evaluation): string[] {
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  const looks = epochs.length === 1 ? 'once' : epochs.length === 2 ? 'twice' : `${epochs.length} times`;
  const right = Math.round(evaluation.top1 * evaluation.examples);
  const shown =
    epochs.length === 0
      ? `The network was trained on some of ${counted(data.training, 'picture')}, for less than a whole epoch.`
      : `The network looked at ${counted(data.training, 'training picture')} ${looks}, in ${duration(seconds)}.`;
  const tested = classResults(evaluation.confusion, data.classes).filter(({ total }) => total > 0);
  const ranked = [...tested].sort((a, b) => b.share - a.share);
  const best = ranked[0];
  const worst = ranked.at(-1);
  const ends =
    best && worst && ranked.length > 1
      ? [
          `It does best on ${best.name} (${percent(best.share)}) and worst on ${worst.name} (${percent(worst.share)})${worst.mistakenFor ? `, which it takes for ${worst.mistakenFor.name} most often` : ''}.`,
        ]
      : [];
  return [
    shown,
    `Of ${counted(evaluation.examples, 'picture')} it had not been trained on, it named ${thousands(right)} correctly. Guessing blindly would name about one in ${data.classes.length}.`,
    ...ends,
    ...(epochs.length < options.recipe.epochs && epochs.length > 0
      ? [`It was stopped before its ${options.recipe.epochs} epochs were done, so more training may make it better.`]
      : []),
  ];
}
