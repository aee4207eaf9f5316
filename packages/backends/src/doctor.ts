import * as tf from '@tensorflow/tfjs-core';
import { firstLine, isZooError } from '@zoo/core';
import type { BackendOptions, Candidate } from './candidate.ts';
import { type BackendName, candidates } from './candidates.ts';
import { checkOptions } from './options.ts';
import { probe } from './probe.ts';
import { runExclusive } from './run-exclusive.ts';
import { quickSpeed } from './speed.ts';

/** The result of `doctor` for one backend. */
export interface Diagnosis {
  backend: BackendName;
  /** `works`: it computes correctly; `missing`: not installed, or no device; `broken`: it does not start, or computes wrongly. */
  state: 'works' | 'missing' | 'broken';
  /** One line. */
  detail: string;
  /** What to do, if something can be done. */
  fix?: string;
  /** Largest difference from the stored values, relative to them, of a backend that works. */
  probeError?: number;
  /** Billions of operations a second in a convolution of AlexNet's kind, of a backend that works: a quick measurement, no benchmark. */
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
 * Starts every backend and runs convolutions, pools, normalisation, dropout and products with their gradients on it, compared
 * with stored values. Afterwards the previous backend is active again. Calls of `useBackend` and `doctor` wait for each other.
 *
 * @throws ZooError `usage` for invalid options.
 */
export async function doctor(options: BackendOptions = {}): Promise<Diagnosis[]> {
  checkOptions('doctor', options);
  return runExclusive(() => diagnoseAll(options));
}
