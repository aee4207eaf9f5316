import type { EpochEvent, StepEvent, TrainEvent } from '../train-event.ts';
import { placeOfMessage, type Scalar, type ScalarsAtStep, scalarsMessage, versionMessage } from './event-message.ts';
import { tfRecord, tfRecords } from './tfrecord.ts';

/** Steps of an epoch that are written, at most: enough for a curve. */
const stepsWritten = 40;

const now = (): number => Date.now() / 1000;

/** What the functions for event files have to know of a training. */
export interface TensorBoardOptions {
  /** Steps of an epoch, which the event of an epoch does not tell. */
  stepsPerEpoch: number;
  /** When it happened, in seconds since 1970. Default: now. */
  wallTime?: number;
}

/** What the end of an epoch says begins with this. */
const epochTag = 'loss/epoch';

function ofStep({ epoch, step, loss, accuracy, learningRate, imagesPerSecond }: StepEvent, stepsPerEpoch: number) {
  const wanted = Math.min(stepsWritten, stepsPerEpoch);
  const place = (one: number) => Math.floor((one * wanted) / stepsPerEpoch);
  if (place(step) === place(step - 1)) return undefined;
  const scalars: Scalar[] = [
    { tag: 'loss/train', value: loss },
    { tag: 'accuracy/train', value: accuracy },
    { tag: 'learning_rate', value: learningRate },
    { tag: 'images_per_second', value: imagesPerSecond },
  ];
  return { step: (epoch - 1) * stepsPerEpoch + step, scalars };
}

function ofEpoch({ epoch, loss, accuracy, validation, averaged }: EpochEvent, stepsPerEpoch: number): ScalarsAtStep {
  const measures = (name: string, of: EpochEvent['validation']): Scalar[] =>
    of
      ? [
          { tag: `loss/${name}`, value: of.loss },
          { tag: `accuracy/${name}`, value: of.top1 },
          ...(of.confusion.length > 5 ? [{ tag: `top5/${name}`, value: of.top5 }] : []),
        ]
      : [];
  return {
    step: epoch * stepsPerEpoch,
    scalars: [
      { tag: epochTag, value: loss },
      { tag: 'accuracy/epoch', value: accuracy },
      ...measures('test', validation),
      ...measures('averaged', averaged),
    ],
  };
}

function scalarsOf(event: TrainEvent, stepsPerEpoch: number): ScalarsAtStep | undefined {
  if (event.type === 'step') return ofStep(event, stepsPerEpoch);
  return event.type === 'epoch' ? ofEpoch(event, stepsPerEpoch) : undefined;
}

/** The first record of an event file of TensorBoard. */
export const tensorBoardHead = (wallTime: number = now()): Uint8Array => tfRecord(versionMessage(wallTime));

/**
 * An event of a training as a record of TensorBoard's event file (`events.out.tfevents...`), to be appended after `tensorBoardHead`: scalars
 * `loss`, `accuracy` and `learning_rate` of at most 40 steps of an epoch as `.../train`, and of each epoch its means as `.../epoch`, its tests as
 * `.../test` and those of the averaged weights as `.../averaged`. Bytes alone: it works in pages, too.
 *
 * @returns Nothing for an event that is not written.
 */
export function tensorBoardRecord(
  event: TrainEvent,
  { stepsPerEpoch, wallTime = now() }: TensorBoardOptions,
): Uint8Array | undefined {
  const scalars = scalarsOf(event, stepsPerEpoch);
  return scalars && tfRecord(scalarsMessage(scalars, wallTime));
}

/** A step comes before the end of the epoch that it ends. */
const orderOf = (step: number, ofEpoch: boolean): number => 2 * step + (ofEpoch ? 1 : 0);

/**
 * How many bytes of an event file tell of what was before an event: what a training that goes on from a checkpoint keeps, since it does
 * the rest again. A record that was torn by a crash ends it, too. 0 for what is no event file.
 */
export function tensorBoardLength(
  file: Uint8Array,
  event: StepEvent | EpochEvent,
  { stepsPerEpoch }: Pick<TensorBoardOptions, 'stepsPerEpoch'>,
): number {
  const next =
    event.type === 'step'
      ? orderOf((event.epoch - 1) * stepsPerEpoch + event.step, false)
      : orderOf(event.epoch * stepsPerEpoch, true);
  let length = 0;
  for (const { content, end } of tfRecords(file)) {
    const place = placeOfMessage(content);
    if (!place || (place.tag !== undefined && orderOf(place.step, place.tag === epochTag) >= next)) break;
    length = end;
  }
  return length;
}
