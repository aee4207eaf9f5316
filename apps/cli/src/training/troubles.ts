import { existsSync } from 'node:fs';
import { isZooError, ZooError } from '@zoo/core';
import type { Recipe } from '@zoo/spec';
import { type EpochEvent, type TrainingWarning, warningText } from '@zoo/trainers';
import { commandName } from '../command-name.ts';
import type { RunFolder } from '../run/run-folder.ts';

/** A rate that a person would type. */
const rounded = (rate: number): number => Number(rate.toPrecision(1));

/** What to try when a network learns nothing, in the command line's words. */
export function whatToTry({ optimizer, batchSize }: Recipe): string {
  const tries = [
    ...(optimizer.kind === 'sgd' ? ['--optimizer adam'] : []),
    `a lower --lr, such as ${rounded(optimizer.learningRate / 3)}`,
    ...(batchSize > 16 ? ['--batch-size 16'] : []),
    'more --epochs',
  ];
  return `Try ${tries.join(', ')}, or more pictures.`;
}

export const warningLine = (warning: TrainingWarning, recipe: Recipe): string => {
  const text = warningText(warning, whatToTry(recipe));
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
export function withAdvice(error: unknown, { folder, checkpoint }: RunFolder, { optimizer }: Recipe): unknown {
  if (!isZooError(error) || error.code !== 'not-finite') return error;
  const again = `Start again with --lr ${rounded(optimizer.learningRate / 10)}.`;
  const kept = existsSync(checkpoint)
    ? ` ${folder} keeps what was trained until then: ${commandName()} eval ${folder} tests it.`
    : '';
  return new ZooError('not-finite', `${error.message} ${again}${kept}`, { cause: error });
}
