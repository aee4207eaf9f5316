import type { Progress } from '@zoo/core';
import type { EpochEvent, StepEvent } from '@zoo/trainers';
import type { LiveLine } from '../terminal.ts';
import { progressLine } from './progress-line.ts';
import { duration, percent, rate, thousands } from './quantities.ts';

export interface TrainingProgressOptions {
  epochs: number;
  /** Training pictures. */
  pictures: number;
  /** Test pictures. */
  tested: number;
  /** Seconds that training may take, where there is a limit. */
  limit?: number | undefined;
  /** Seconds. */
  now?: () => number;
}

/** A training step costs about as much as this many forward passes: a guess, until the first test has been timed. */
const forwardsPerStep = 3;

/** Turns events into the line that shows how far training is. */
export interface TrainingProgress {
  step(event: StepEvent): (line: LiveLine) => string;
  evaluation(progress: Progress): (line: LiveLine) => string;
  /** A line, or two where the terminal is narrower. */
  epoch(event: EpochEvent, columns?: number): string;
}

export function trainingProgress(options: TrainingProgressOptions): TrainingProgress {
  const { epochs, pictures, tested, limit = Number.POSITIVE_INFINITY, now = () => performance.now() / 1000 } = options;
  const began = now();
  const digits = String(epochs).length;
  let epoch = 0;
  let steps = 0;
  let loss = 0;
  let accuracy = 0;
  let trained = 0;
  let evaluationSeconds: number | undefined;
  let evaluationBegan: number | undefined;

  const left = (event: StepEvent): number => {
    const share = event.epoch - 1 + event.step / event.stepsPerEpoch;
    const training = ((epochs - share) * pictures) / event.imagesPerSecond;
    const evaluation = evaluationSeconds ?? tested / (forwardsPerStep * event.imagesPerSecond);
    return Math.min(training + (epochs - event.epoch + 1) * evaluation, limit - (now() - began));
  };

  return {
    step(event) {
      if (event.epoch !== epoch) {
        epoch = event.epoch;
        steps = 0;
        loss = 0;
        accuracy = 0;
      }
      steps += 1;
      loss += event.loss;
      accuracy += event.accuracy;
      trained = (event.epoch - 1 + event.step / event.stepsPerEpoch) / epochs;
      return (line) =>
        progressLine(
          trained,
          [
            `epoch ${event.epoch}/${epochs}`,
            `loss ${(loss / steps).toFixed(3)}`,
            `accuracy ${percent(accuracy / steps)}`,
            `${rate(event.imagesPerSecond)} images/s`,
            `${duration(left(event))} left`,
          ],
          line,
        );
    },
    evaluation({ done, total = done }) {
      evaluationBegan ??= now();
      if (done === total) {
        evaluationSeconds = now() - evaluationBegan;
        evaluationBegan = undefined;
      }
      return (line) =>
        progressLine(
          trained,
          [
            ...(epoch > 0 ? [`epoch ${epoch}/${epochs}`] : []),
            `testing ${thousands(done)} of ${thousands(total)} pictures`,
          ],
          line,
        );
    },
    epoch(event, columns = Number.POSITIVE_INFINITY) {
      const { validation, averaged } = event;
      const name = `epoch ${String(event.epoch).padStart(digits)}/${epochs}   `;
      const training = `training: loss ${event.loss.toFixed(3)}, accuracy ${percent(event.accuracy)}`;
      const test = [
        ...(validation ? [`test: loss ${validation.loss.toFixed(3)}, accuracy ${percent(validation.top1)}`] : []),
        ...(averaged ? [`averaged: ${percent(averaged.top1)}`] : []),
        duration(event.seconds),
      ].join('   ');
      const line = `${name}${training}   ${test}`;
      return line.length <= columns ? line : `${name}${training}\n${' '.repeat(name.length)}${test}`;
    },
  };
}
