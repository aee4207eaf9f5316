import { isZooError } from '@zoo/core';
import { decodeInWorker } from '#pictures';
import type { Picture } from '../image.ts';
import { transformsOf } from '../transform-step.ts';
import type { BatchTask, Reply, Request } from './batch-task.ts';
import type { ExampleSource } from './example-source.ts';
import { makeImages, type StackedImages } from './make-images.ts';
import { pictureOfSource } from './picture-of-source.ts';

const isPicture = (one: ExampleSource | Picture): one is Picture => 'pixels' in one;

function runTask({ name, seed, epoch, indices, steps, pictures }: BatchTask): Promise<StackedImages> {
  const transforms = transformsOf(steps);
  return makeImages({
    name,
    seed,
    epoch,
    indices,
    transforms,
    // Decoded here, or sent with pixels of its own.
    areOwn: true,
    picture: (place) => {
      const one = pictures[place];
      if (!one) throw new Error('a task has as many pictures as indices');
      return isPicture(one) ? one : pictureOfSource(one, decodeInWorker);
    },
  });
}

/** What a worker does with a request. */
export async function replyTo({ id, task }: Request): Promise<Reply> {
  try {
    return { id, made: await runTask(task) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, error: { ...(isZooError(error) && { code: error.code }), message } };
  }
}
