import { existsSync, statSync } from 'node:fs';
import { isKnownWeights, knownWeightsOf, type ModelSpec } from '@zoo/spec';
import { families } from '../families.ts';
import { runFolder } from '../run/run-folder.ts';

/** Where weights lie that somebody named: in a run, in a file, on the web. */
export interface WeightsPlace {
  source: string;
  sha256?: string;
  sha1?: string;
  /** The network of published weights. */
  known?: ModelSpec;
}

export function placeOf(given: string): WeightsPlace {
  if (existsSync(given)) return { source: statSync(given).isDirectory() ? runFolder(given).weights : given };
  if (!isKnownWeights(given, families)) return { source: given };
  const {
    spec: known,
    weights: { url, sha256, sha1 },
  } = knownWeightsOf(given, families);
  return { source: url, known, ...(sha256 !== undefined && { sha256 }), ...(sha1 !== undefined && { sha1 }) };
}
