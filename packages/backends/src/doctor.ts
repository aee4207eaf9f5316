import * as tf from '@tensorflow/tfjs-core';
import { isZooError } from '@zoo/core';
import type { Candidate } from './candidate.ts';
import { type BackendName, candidates } from './candidates.ts';
import { probe } from './probe.ts';

/** What `doctor` found out about one backend. */
export interface Diagnosis {
  backend: BackendName;
  /** `works` is proved by computing; `missing` is not installed; `broken` does not start, or computes wrongly. */
  state: 'works' | 'missing' | 'broken';
  /** One line. */
  detail: string;
  /** What to do about it, where something can be done. */
  fix?: string;
}

const line = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

async function diagnose(backend: BackendName, { load, start, fix }: Candidate): Promise<Diagnosis> {
  try {
    await load();
  } catch (error) {
    return { backend, state: 'missing', detail: line(error), fix };
  }
  try {
    const { detail } = await start({});
    await probe();
    return { backend, state: 'works', detail };
  } catch (error) {
    const rest = isZooError(error) ? {} : { fix };
    return { backend, state: 'broken', detail: line(error), ...rest };
  }
}

/**
 * Starts every backend of the table and has it compute convolutions, pools and normalisation with their gradients
 * against stored values. Afterwards the backend that was in use is in use again.
 */
export async function doctor(): Promise<Diagnosis[]> {
  const before = tf.engine().backendName;
  const diagnoses: Diagnosis[] = [];
  try {
    for (const [name, candidate] of candidates) diagnoses.push(await diagnose(name, candidate));
  } finally {
    if (before) await tf.setBackend(before);
  }
  return diagnoses;
}
