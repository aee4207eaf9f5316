import * as tf from '@tensorflow/tfjs-core';
import { firstLine, isZooError, nearestName, ZooError } from '@zoo/core';
import type { BackendOptions, Candidate, Started } from './candidate.ts';
import { type BackendName, backendNames, candidates } from './candidates.ts';
import { checkOptions } from './options.ts';
import { prove } from './proof.ts';
import { sharedExclusive } from './run-exclusive.ts';

export type { BackendOptions } from './candidate.ts';

/** A backend that `auto` did not take. */
export interface PassedOver {
  backend: BackendName;
  /** One line: what is missing or wrong, and what to do. */
  reason: string;
}

/** The backend in use: plain data. */
export interface Backend extends Omit<Started, 'program'> {
  name: BackendName;
  /** The backends before it in the order of `auto`, which were not taken. Empty for a backend that was chosen by name. */
  passedOver: readonly PassedOver[];
}

const backend = (name: BackendName, { threads, detail }: Started, passedOver: readonly PassedOver[] = []): Backend => ({
  name,
  threads,
  detail,
  passedOver,
});

const isBackendName = (name: string): name is BackendName => backendNames.some((known) => known === name);

/** The candidate of a name. @throws ZooError `unknown-name` with the nearest name. */
function candidate(name: string): [BackendName, Candidate] {
  const found = isBackendName(name) ? candidates.get(name) : undefined;
  if (isBackendName(name) && found) return [name, found];
  const near = nearestName(name, ['auto', ...backendNames]);
  throw new ZooError(
    'unknown-name',
    `${name}: no such backend${near ? `, did you mean '${near}'` : ''}? Known: auto, ${backendNames.join(', ')}.`,
  );
}

async function load(name: BackendName, { load, fix }: Candidate, options: BackendOptions): Promise<void> {
  try {
    await load(options);
  } catch (cause) {
    if (isZooError(cause)) throw cause;
    throw new ZooError('backend', `${name}: cannot be loaded, ${firstLine(cause)}. To get it: ${fix}.`, { cause });
  }
}

async function start(name: BackendName, { start }: Candidate, options: BackendOptions): Promise<Started> {
  const before = tf.engine().backendName;
  try {
    const started = await start(options);
    await tf.ready();
    return started;
  } catch (cause) {
    // tfjs would be left without one.
    if (before && before in tf.engine().registry) await tf.setBackend(before);
    if (isZooError(cause)) throw cause;
    throw new ZooError('backend', `${name}: it does not start, ${firstLine(cause)}. Use another backend.`, { cause });
  }
}

/** One line that explains why the program is slower than it could be. */
function warn(name: BackendName, faults: readonly PassedOver[]): void {
  console.warn(`zoo: the backend is ${name}. Passed over: ${faults.map(({ reason }) => reason).join(' ')}`);
}

/** The first backend that is installed, starts and computes correctly. */
async function firstThatWorks(options: BackendOptions): Promise<Backend> {
  const passedOver: PassedOver[] = [];
  // Installed backends that fail. A missing backend is reported only if nothing but cpu is left.
  const faults: PassedOver[] = [];
  for (const [name, row] of candidates) {
    if (row.explicitOnly) continue;
    let loaded = false;
    try {
      await load(name, row, options);
      loaded = true;
      const started = await start(name, row, options);
      await prove(name, started);
      const named = name === 'cpu' ? passedOver : faults;
      if (named.length > 0) warn(name, named);
      return backend(name, started, passedOver);
    } catch (error) {
      const one = { backend: name, reason: firstLine(error) };
      passedOver.push(one);
      if (loaded) faults.push(one);
    }
  }
  throw new ZooError('backend', `auto: no backend starts here. ${passedOver.map(({ reason }) => reason).join(' ')}`);
}

async function startNamed(name: string, options: BackendOptions): Promise<Backend> {
  const [known, row] = candidate(name);
  await load(known, row, options);
  return backend(known, await start(known, row, options));
}

const inTurn = sharedExclusive<Backend>();

/**
 * Makes a backend tfjs's active one, with the zoo's kernels registered. `auto` takes the first of `node-gpu`, `node`, `webgpu`,
 * `wasm` and `cpu` that starts and computes a set of stored results, gradients among them; a device that did so before,
 * under the same versions, is not tested again. `passedOver` says why it is not a faster one; if a faster one fails, or only `cpu`
 * is left, a line on the console does too. Called again, it changes over; what a backend was started with, it keeps.
 * Where it fails, what was in use stays in use.
 * Called while another call of it or of `doctor` runs, it waits for that one; one that asks for the same gets the same.
 *
 * @throws ZooError `unknown-name` for an unknown name; `backend` when it is missing or does not start; `usage` for invalid options.
 */
export async function useBackend(name: BackendName | 'auto' = 'auto', options: BackendOptions = {}): Promise<Backend> {
  checkOptions('useBackend', options);
  if (typeof name !== 'string') throw new ZooError('usage', `useBackend: the backend must be a name, got ${name}.`);
  return inTurn(JSON.stringify([name, options]), () =>
    name === 'auto' ? firstThatWorks(options) : startNamed(name, options),
  );
}
