import { existsSync } from 'node:fs';
import { isZooError, ZooError } from '@zoo/core';
import type { Recipe } from '@zoo/spec';
import {
  type DivergenceCause,
  divergenceCauses,
  type EpochEvent,
  type TrainingWarning,
  warningText,
} from '@zoo/trainers';
import { commandName } from '../command-name.ts';
import { allPresets } from '../families.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { RunRecord } from '../run/run-record.ts';

/** How a run learns: the recipe that it has, and the preset whose own recipe is known to work. */
export type Learning = Pick<RunRecord, 'preset'> & { recipe: Recipe };

const flags: Readonly<Record<DivergenceCause['setting'], string>> = {
  learningRate: '--lr',
  weightDecay: '--weight-decay',
  momentum: '--momentum',
};

/** Options that are to blame, with the values of the preset: `--lr 0.001`. */
function remedies({ preset, recipe }: Learning): string[] {
  const own = allPresets.find((spec) => `${spec.family}/${spec.preset}` === preset)?.recipe ?? recipe;
  return divergenceCauses(recipe.optimizer, own.optimizer).map(
    ({ setting, instead }) => `${flags[setting]} ${instead}`,
  );
}

/** A rate that a person would type. */
const rounded = (rate: number): number => Number(rate.toPrecision(1));

/** What to try when a network learns nothing, in the command line's words. */
function whatToTry(learning: Learning): string {
  const { optimizer, batchSize } = learning.recipe;
  const better = remedies(learning);
  if (better.length > 0) return `Try ${better.join(' ')}, as the preset has it.`;
  const tries = [
    ...(optimizer.kind === 'sgd' ? ['--optimizer adam'] : []),
    `a lower --lr, such as ${rounded(optimizer.learningRate / 3)}`,
    ...(batchSize > 16 ? ['--batch-size 16'] : []),
    'more --epochs',
  ];
  return `Try ${tries.join(', ')}, or more pictures.`;
}

export const warningLine = (warning: TrainingWarning, learning: Learning): string => {
  const text = warningText(warning, whatToTry(learning));
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};

/**
 * The warnings to print after an epoch: each kind once, when it holds for the second epoch in a row. After the first one, many a network
 * that learns well later calls all pictures alike.
 */
export function newWarnings(): (event: EpochEvent) => TrainingWarning[] {
  const said = new Set<TrainingWarning['kind']>();
  let before = new Set<TrainingWarning['kind']>();
  return ({ warnings = [] }) => {
    const news = warnings.filter(({ kind }) => before.has(kind) && !said.has(kind));
    for (const { kind } of news) said.add(kind);
    before = new Set(warnings.map(({ kind }) => kind));
    return news;
  };
}

/** An error of training, with what to do about it on the command line where it has diverged. */
export function withAdvice(error: unknown, { folder, checkpoint }: RunFolder, learning: Learning): unknown {
  if (!isZooError(error) || error.code !== 'not-finite') return error;
  const better = remedies(learning);
  const again =
    better.length > 0
      ? `Start again with ${better.join(' ')}, as the preset has it.`
      : `Start again with --lr ${rounded(learning.recipe.optimizer.learningRate / 10)}.`;
  // What follows is advice in the words of the library's options.
  const [what = error.message] = error.message.split(/(?<=training has diverged)[.:]/);
  const kept = existsSync(checkpoint)
    ? ` ${folder} keeps what was trained until then: ${commandName()} eval ${folder} tests it.`
    : '';
  return new ZooError('not-finite', `${what.replace(/\.$/, '')}. ${again}${kept}`, { cause: error });
}
