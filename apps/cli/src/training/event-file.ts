import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { diskError, flushToDisk, writeFileAtomically } from '@zoo/core/files';
import {
  type EpochEvent,
  type StepEvent,
  type TrainEvent,
  tensorBoardHead,
  tensorBoardLength,
  tensorBoardRecord,
} from '@zoo/trainers';
import { bytesOf } from '../run/text-of.ts';

/** More than thousands of epochs take. */
const maxBytes = 2 ** 28;

/** TensorBoard's file of a run. */
export interface EventFile {
  /** Takes up the events of a training, in order. */
  add(event: TrainEvent): Promise<void>;
}

/** Leaves out what a training tells again from this event on: it went on from a checkpoint that was before it. */
async function cutBefore(file: string, event: StepEvent | EpochEvent, stepsPerEpoch: number): Promise<void> {
  const content = existsSync(file) ? await bytesOf(file, "TensorBoard's event file", maxBytes) : new Uint8Array();
  const length = tensorBoardLength(content, event, { stepsPerEpoch });
  if (length > 0 && length === content.length) return;
  await writeFileAtomically(file, length === 0 ? tensorBoardHead() : content.subarray(0, length));
}

async function append(file: string, record: Uint8Array): Promise<void> {
  try {
    const handle = await open(file, 'a');
    try {
      await handle.writeFile(record);
      await flushToDisk(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw diskError(file, error);
  }
}

/**
 * Writes the curves of a training for TensorBoard. Each record is on the disk before training goes on, so the file never lacks what a
 * checkpoint tells of; what it tells beyond the checkpoint from which a run goes on is cut off, and told again.
 */
export function eventFile(file: string, stepsPerEpoch: number): EventFile {
  let begun = false;
  return {
    async add(event) {
      if (event.type === 'device-lost') begun = false;
      if (event.type !== 'step' && event.type !== 'epoch') return;
      if (!begun) await cutBefore(file, event, stepsPerEpoch);
      begun = true;
      const record = tensorBoardRecord(event, { stepsPerEpoch });
      if (record) await append(file, record);
    },
  };
}
