import * as tf from '@tensorflow/tfjs-core';
import { firstLine, isZooError } from '@zoo/core';
import type { BackendOptions, Candidate } from './candidate.ts';
import { type BackendName, candidates } from './candidates.ts';
import { checkOptions } from './options.ts';
import { probe } from './probe.ts';
import { runExclusive } from './run-exclusive.ts';
import { quickSpeed } from './speed.ts';

/** What `doctor` found out about one backend. */
export interface Diagnosis {
  backend: BackendName;
  /** `works` is proved by computing; `missing` is not installed, or has no device; `broken` does not start, or computes wrongly. */
  state: 'works' | 'missing' | 'broken';
  /** One line. */
  detail: string;
  /** What to do about it, where something can be done. */
  fix?: string;
  /** Largest difference from the stored values, relative to them, of a backend that works. */
  probeError?: number;
  /** Billions of operations a second in a convolution of AlexNet's kind, of a backend that works: a quick look, no benchmark. */
  gigaflops?: number;
}

/** An error of the zoo says in its message what to do. */
const fixFor = (error: unknown, fix: string): { fix?: string } => (isZooError(error) ? {} : { fix });

async function diagnose(
  backend: BackendName,
  { load, start, fix }: Candidate,
  options: BackendOptions,
): Promise<Diagnosis> {
  try {
    await load(options);
  } catch (error) {
    return { backend, state: 'missing', detail: firstLine(error), ...fixFor(error, fix) };
  }
  try {
    const { detail } = await start(options);
    const probeError = await probe();
    return { backend, state: 'works', detail, probeError, gigaflops: await quickSpeed() };
  } catch (error) {
    return { backend, state: 'broken', detail: firstLine(error), ...fixFor(error, fix) };
  }
}

async function diagnoseAll(options: BackendOptions): Promise<Diagnosis[]> {
  const before = tf.engine().backendName;
  const diagnoses: Diagnosis[] = [];
  try {
    for (const [name, candidate] of candidates) diagnoses.push(await diagnose(name, candidate, options));
  } finally {
    if (before) await tf.setBackend(before);
  }
  return diagnoses;
}

/**
 * Starts every backend and has it compute convolutions, pools, normalisation, dropout and products with their gradients
 * against stored values. Afterwards the backend that was in use is in use again. Calls of `useBackend` wait for it, and it for them.
 *
 * @throws ZooError `usage` for options that make no sense.
 */
export async function doctor(options: BackendOptions = {}): Promise<Diagnosis[]> {
  checkOptions('doctor', options);
  return runExclusive(() => diagnoseAll(options));
}
