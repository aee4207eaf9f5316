import { forEachConcurrently, isZooError, type OnProgress, ZooError } from '@zoo/core';
import type { Dataset } from '@zoo/loaders';

/** Options of `hashesOf`. */
export interface HashOptions {
  /** Files read. */
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** Reading waits for the disk: several files are under way at once. */
const concurrency = 8;

/**
 * The hashes of all examples' files, in their order; undefined for what cannot be read. A picture that has the hash which it had when
 * it was decoded can still be decoded.
 *
 * @throws ZooError `interrupted` when the signal is aborted.
 */
export async function hashesOf(dataset: Dataset, { onProgress, signal }: HashOptions): Promise<(string | undefined)[]> {
  const { hashOf, length, name } = dataset;
  const hashes = Array<string | undefined>(length).fill(undefined);
  let done = 0;
  await forEachConcurrently(length, concurrency, async (index) => {
    if (signal?.aborted)
      throw new ZooError('interrupted', `${name}: stopped after checking ${done} of ${length} files.`);
    try {
      hashes[index] = await hashOf?.(index);
    } catch (error) {
      if (!isZooError(error)) throw error;
    }
    done++;
    onProgress?.({ task: `check ${name}`, done, total: length, unit: 'files' });
  });
  return hashes;
}
