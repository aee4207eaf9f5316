import { isZooError } from '@zoo/core';
import { parseSchedule, type Schedule } from '@zoo/spec';
import { constant, cosine, oneCycle, plateau, polynomial } from '@zoo/trainers';
import { InvalidArgumentError } from 'commander';
import { refusedOption } from './refused-option.ts';

/** A schedule that was asked for. The epochs of `step` depend on how many there are. */
export type ScheduleOption = Schedule | 'step';

const named: Readonly<Record<string, ScheduleOption>> = {
  constant: constant(),
  cosine: cosine({ warmup: 0.05 }),
  plateau: plateau(),
  step: 'step',
  'one-cycle': oneCycle(),
  polynomial: polynomial(),
};

/** What `--schedule` takes, for shells that complete it. */
export const scheduleWords: readonly string[] = Object.keys(named);

const form = `Expected one of ${scheduleWords.join(', ')}, or JSON such as {"kind":"step","after":[30,60],"factor":0.1}.`;

/** What JSON may leave out, as the functions of the library. */
const usual: Readonly<Record<string, object>> = {
  step: { factor: 0.1 },
  plateau: plateau(),
  'one-cycle': oneCycle(),
  polynomial: polynomial(),
};

function withUsual(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('kind' in json) || typeof json.kind !== 'string') return json;
  return Object.hasOwn(usual, json.kind) ? { ...usual[json.kind], ...json } : json;
}

/**
 * Reads `--schedule`: a name, or a schedule of the library as JSON, with the usual numbers for what it leaves out.
 *
 * @throws InvalidArgumentError for anything else, with what was found where.
 */
export function scheduleOption(text: string): ScheduleOption {
  if (Object.hasOwn(named, text)) return named[text] ?? 'step';
  try {
    return parseSchedule(withUsual(JSON.parse(text)), 'schedule');
  } catch (error) {
    // What is no JSON at all was meant as a name.
    if (!isZooError(error)) throw new InvalidArgumentError(form);
    throw refusedOption(error, form);
  }
}

/** The schedule for plain `step`: a tenth of the rate after each third, as in torchvision and the paper's successors. */
export const scheduleFor = (asked: ScheduleOption, epochs: number): Schedule =>
  asked === 'step'
    ? {
        kind: 'step',
        after: [...new Set([1, 2].map((third) => Math.max(1, Math.round((third * epochs) / 3))))],
        factor: 0.1,
      }
    : asked;
