import { existsSync, statSync } from 'node:fs';
import { isKnownWeights, knownWeightsOf, type ModelSpec } from '@zoo/spec';
import { openTensors, type TensorFile } from '@zoo/weights';
import { families } from '../families.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { runFolder } from '../run/run-folder.ts';
import type { Terminal } from '../terminal.ts';

/** The weights with which a training begins, open. */
export interface FirstWeights {
  /** As the user named them. */
  name: string;
  file: TensorFile;
  /** The network of published weights. */
  known?: ModelSpec;
}

/** Where weights lie that somebody named: in a run, in a file, on the web. */
interface WeightsPlace {
  source: string;
  sha256?: string;
  sha1?: string;
  /** The network of published weights. */
  known?: ModelSpec;
}

function placeOf(given: string): WeightsPlace {
  if (existsSync(given)) return { source: statSync(given).isDirectory() ? runFolder(given).weights : given };
  if (!isKnownWeights(given, families)) return { source: given };
  const {
    spec: known,
    weights: { url, sha256, sha1 },
  } = knownWeightsOf(given, families);
  return { source: url, known, ...(sha256 !== undefined && { sha256 }), ...(sha1 !== undefined && { sha1 }) };
}

/**
 * Opens the weights that a training is to begin with, once for all that is asked of them, and closes them in the end. Without any
 * there is nothing to open.
 *
 * @throws ZooError as `openTensors`.
 */
export async function withFirstWeights<T>(
  name: string | undefined,
  { terminal, signal }: { terminal: Terminal; signal: AbortSignal },
  use: (first: FirstWeights | undefined) => Promise<T>,
): Promise<T> {
  if (name === undefined) return use(undefined);
  const { source, known, ...hashes } = placeOf(name);
  const file = await openTensors(source, {
    onProgress: showLongWork(terminal),
    onNotice: terminal.note,
    signal,
    ...hashes,
  });
  terminal.endLive();
  try {
    return await use({ name, file, ...(known && { known }) });
  } finally {
    await file.close();
  }
}
