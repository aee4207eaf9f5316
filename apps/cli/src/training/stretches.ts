import type { StepEvent } from '@zoo/trainers';
import type { Stretch } from '../run/run-record.ts';

/** Stretches of an epoch that has as many steps. */
const stretchesPerEpoch = 40;
/** When there would be more, neighbours become one: whatever a run's length, its record stays small. */
const maxStretches = 400;

/** Combines two means. Adding step by step, with a pause or without, gives the same result to the last digit. */
export function joined(first: Stretch, second: Stretch): Stretch {
  const examples = first.examples + second.examples;
  const share = second.examples / examples;
  return {
    epoch: second.epoch,
    loss: first.loss + share * (second.loss - first.loss),
    accuracy: first.accuracy + share * (second.accuracy - first.accuracy),
    learningRate: second.learningRate,
    examples,
    seconds: first.seconds + second.seconds,
  };
}

/** Takes up the steps of a training one by one. */
export interface Stretches {
  add(step: StepEvent): void;
  /** In order, the last one as far as it has come. */
  list(): Stretch[];
}

/**
 * Averages the steps of a training over equal stretches: 40 an epoch, fewer where an epoch has fewer steps, and never
 * more than 400 in all: a longer training has half as many, each twice as long, and so on.
 *
 * @param former Those of the record, where a run goes on. What comes after the first step is done again, and replaced.
 */
export function stretches(
  former: readonly Stretch[],
  { batchSize, pictures }: { batchSize: number; pictures: number },
): Stretches {
  const stepsPerEpoch = Math.ceil(pictures / batchSize);
  const stepsPerStretch = Math.min(stretchesPerEpoch, stepsPerEpoch);
  const stepOf = ({ epoch }: Stretch): number => Math.round(epoch * stepsPerEpoch);
  let all = [...former];
  let length = 1;
  let begun = false;
  let session = { epoch: 0, examples: 0, seconds: 0 };

  const placeOf = (one: Stretch): number =>
    Math.floor(Math.floor(((stepOf(one) - 1) * stepsPerStretch) / stepsPerEpoch) / length);

  const append = (list: Stretch[], next: Stretch): void => {
    const last = list.at(-1);
    if (last && placeOf(last) === placeOf(next)) list[list.length - 1] = joined(last, next);
    else list.push(next);
  };

  /** An event tells the speed since its epoch began or was taken up again: the time of one step is a difference. */
  const measured = ({ epoch, step, loss, accuracy, learningRate, imagesPerSecond }: StepEvent): Stretch => {
    const before = session.epoch === epoch ? session : { epoch, examples: 0, seconds: 0 };
    const examples = Math.min(batchSize, pictures - (step - 1) * batchSize);
    const seen = before.examples + examples;
    session = { epoch, examples: seen, seconds: seen / imagesPerSecond };
    return {
      epoch: epoch - 1 + step / stepsPerEpoch,
      loss,
      accuracy,
      learningRate,
      examples,
      seconds: Math.max(0, session.seconds - before.seconds),
    };
  };

  return {
    add(event) {
      const next = measured(event);
      if (!begun) {
        begun = true;
        all = all.filter((one) => stepOf(one) < stepOf(next));
      }
      const wanted = 2 ** Math.max(0, Math.ceil(Math.log2((next.epoch * stepsPerStretch) / maxStretches)));
      if (wanted !== length) {
        length = wanted;
        const finer = all;
        all = [];
        for (const one of finer) append(all, one);
      }
      append(all, next);
    },
    list: () => [...all],
  };
}

/** What all these stretches took, and how fast those were whose time is known. */
export function trainingTime(steps: readonly Stretch[]): { seconds: number; imagesPerSecond: number } {
  const seconds = steps.reduce((sum, one) => sum + one.seconds, 0);
  const examples = steps.reduce((sum, one) => (one.seconds > 0 ? sum + one.examples : sum), 0);
  return { seconds, imagesPerSecond: seconds === 0 ? 0 : examples / seconds };
}
