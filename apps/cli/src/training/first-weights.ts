import type { ModelSpec } from '@zoo/spec';
import { openTensors, type TensorFile } from '@zoo/weights';
import { showLongWork } from '../rendering/long-work.ts';
import { dictionaryOfKey } from '../run/dictionary-of-key.ts';
import { placeOf } from '../run/open-weights.ts';
import type { RunOptions } from '../run/run-record.ts';
import type { Terminal } from '../terminal.ts';

/** The weights with which a training begins, open. */
export interface FirstWeights {
  /** As the user named them. */
  name: string;
  file: TensorFile;
  /** The network of published weights. */
  known?: ModelSpec;
}

/**
 * Opens the weights that a training is to begin with, once for all that is asked of them, and closes them in the end. Without any
 * there is nothing to open.
 *
 * @throws ZooError as `openTensors`, `unknown-name` where the file has nothing under `key`.
 */
export async function withFirstWeights<T>(
  { weights: name, key }: Pick<RunOptions, 'weights' | 'key'>,
  { terminal, signal }: { terminal: Terminal; signal: AbortSignal },
  use: (first: FirstWeights | undefined) => Promise<T>,
): Promise<T> {
  if (name === undefined) return use(undefined);
  const { file, published, hashes } = await placeOf(name, { onNotice: terminal.note });
  const opened = await openTensors(file, {
    onProgress: showLongWork(terminal),
    onNotice: terminal.note,
    signal,
    ...hashes,
  });
  terminal.endLive();
  try {
    return await use({ name, file: dictionaryOfKey(opened, key), ...(published && { known: published.spec }) });
  } finally {
    await opened.close();
  }
}
