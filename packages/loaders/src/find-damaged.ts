import { forEachConcurrently, isZooError, type OnProgress, ZooError } from '@zoo/core';
import type { Dataset } from './dataset.ts';
import { select } from './select.ts';

/** An example that cannot be read or decoded. */
export interface DamagedExample {
  readonly index: number;
  /** The error, which names the file and what is wrong with it. */
  readonly error: ZooError;
}

/** Options of `findDamaged`. */
export interface FindDamagedOptions {
  /** Files looked at. */
  onProgress?: OnProgress | undefined;
  /** Called after every example that is not damaged. Its file has just been read, so that `hashOf` costs little now. */
  onExample?: ((index: number) => void | Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
}

/** Decoding waits for the disk and for Node's thread pool: more run concurrently than that has threads. */
const concurrency = 8;

/** Error codes of damaged or missing files, as opposed to bugs of the program. */
const fileErrorCodes: readonly string[] = ['corrupt-file', 'not-found', 'data'];

/**
 * Decodes every example of a data set once, so that a damaged file is found before hours of training and not in their middle.
 * A data set in memory has none.
 *
 * @returns The damaged examples, in the data set's order.
 * @throws ZooError `interrupted` when the signal is aborted.
 */
export async function findDamaged(dataset: Dataset, options: FindDamagedOptions = {}): Promise<DamagedExample[]> {
  const { onProgress, onExample, signal } = options;
  const found: DamagedExample[] = [];
  let done = 0;
  await forEachConcurrently(dataset.length, concurrency, async (index) => {
    if (signal?.aborted)
      throw new ZooError('interrupted', `${dataset.name}: stopped after checking ${done} of ${dataset.length} files.`);
    try {
      await dataset.example(index);
      await onExample?.(index);
    } catch (error) {
      if (!isZooError(error) || !fileErrorCodes.includes(error.code)) throw error;
      found.push({ index, error });
    }
    done++;
    onProgress?.({ task: `check ${dataset.name}`, done, total: dataset.length, unit: 'files' });
  });
  return found.sort((a, b) => a.index - b.index);
}

/** A data set without the examples at `indices`. */
export function without(dataset: Dataset, indices: readonly number[]): Dataset {
  const left = new Set(indices);
  return select(
    dataset,
    Array.from({ length: dataset.length }, (_, index) => index).filter((index) => !left.has(index)),
  );
}
