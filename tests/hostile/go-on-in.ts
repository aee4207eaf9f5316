import type { StepEvent } from '@zoo/trainers';
import { tensorBoardLength } from '../../packages/trainers/src/tensorboard/tensor-board.ts';

const stepsPerEpoch = 10;
const event: StepEvent = {
  type: 'step',
  epoch: 1,
  step: 3,
  stepsPerEpoch,
  loss: 1,
  accuracy: 1,
  learningRate: 1,
  imagesPerSecond: 1,
};

/** How much of TensorBoard's file a training keeps that goes on at its third step. */
export function goOnIn(file: Uint8Array): string {
  const length = tensorBoardLength(file, event, { stepsPerEpoch });
  if (!(Number.isInteger(length) && length >= 0 && length <= file.length)) throw new Error(`${length} bytes`);
  return `${length} of ${file.length} bytes`;
}
