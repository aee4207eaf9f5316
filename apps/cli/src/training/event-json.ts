import { type Evaluation, type TrainEvent, warningText } from '@zoo/trainers';

/** What scripts get of an evaluation. */
export const measures = ({ loss, top1, top5 }: Pick<Evaluation, 'loss' | 'top1' | 'top5'>) => ({ loss, top1, top5 });

/** An event as a line of `--json`. The final event is written elsewhere, where the run's folder is known. */
export function eventJson(event: TrainEvent): string | undefined {
  switch (event.type) {
    case 'step': {
      const { stepsPerEpoch: _, ...step } = event;
      return JSON.stringify(step);
    }
    case 'epoch': {
      const { validation, averaged, warnings, ...training } = event;
      return JSON.stringify({
        ...training,
        validation: validation ? measures(validation) : {},
        ...(averaged && { averaged: measures(averaged) }),
        ...(warnings && { warnings: warnings.map((one) => ({ ...one, message: warningText(one) })) }),
      });
    }
    case 'checkpoint':
    case 'device-lost':
      return JSON.stringify(event);
    case 'done':
      return undefined;
  }
}
