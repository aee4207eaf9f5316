import { type TrainEvent, warningText } from '@zoo/trainers';

/** An event as a line of `--json`. The final event is written elsewhere, where the run's folder is known. */
export function eventJson(event: TrainEvent): string | undefined {
  switch (event.type) {
    case 'step': {
      const { stepsPerEpoch: _, ...step } = event;
      return JSON.stringify(step);
    }
    case 'epoch': {
      const { validation, warnings, ...training } = event;
      const { loss, top1, top5 } = validation ?? {};
      return JSON.stringify({
        ...training,
        validation: { loss, top1, top5 },
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
