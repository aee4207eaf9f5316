import { type Evaluation, type TrainEvent, type TrainingWarning, warningText } from '@zoo/trainers';

/** What scripts get of an evaluation. */
export const measures = ({ loss, top1, top5 }: Pick<Evaluation, 'loss' | 'top1' | 'top5'>) => ({ loss, top1, top5 });

const inWords = (warnings: readonly TrainingWarning[] | undefined) =>
  warnings && { warnings: warnings.map((one) => ({ ...one, message: warningText(one) })) };

/** An event as a line of `--json`. The final event is written elsewhere, where the run's folder is known. */
export function eventJson(event: TrainEvent): string | undefined {
  switch (event.type) {
    case 'step': {
      const { stepsPerEpoch: _, warnings, ...step } = event;
      return JSON.stringify({ ...step, ...inWords(warnings) });
    }
    case 'epoch': {
      const { validation, averaged, warnings, ...training } = event;
      return JSON.stringify({
        ...training,
        validation: validation ? measures(validation) : {},
        ...(averaged && { averaged: measures(averaged) }),
        ...inWords(warnings),
      });
    }
    case 'checkpoint':
    case 'device-lost':
      return JSON.stringify(event);
    case 'done':
      return undefined;
  }
}
