import * as tf from '@tensorflow/tfjs-core';
import { isZooError, nearestName, ZooError } from '@zoo/core';
import type { BackendOptions, Candidate, Started } from './candidate.ts';
import { type BackendName, backendNames, candidates } from './candidates.ts';
import { firstLine } from './first-line.ts';
import { prove } from './proof.ts';

export type { BackendOptions } from './candidate.ts';

/** The backend in use: plain data. */
export interface Backend extends Omit<Started, 'program'> {
  name: BackendName;
}

const backend = (name: BackendName, { threads, detail }: Started): Backend => ({ name, threads, detail });

const isBackendName = (name: string): name is BackendName => backendNames.some((known) => known === name);

/** The row of the table for a name, or an error that says what to write instead. */
function candidate(name: string): [BackendName, Candidate] {
  const found = isBackendName(name) ? candidates.get(name) : undefined;
  if (isBackendName(name) && found) return [name, found];
  const near = nearestName(name, ['auto', ...backendNames]);
  throw new ZooError(
    'unknown-name',
    `${name}: no such backend${near ? `, did you mean '${near}'` : ''}? Known: auto, ${backendNames.join(', ')}.`,
  );
}

async function start(name: BackendName, { load, start, fix }: Candidate, options: BackendOptions): Promise<Started> {
  try {
    await load(options);
  } catch (cause) {
    if (isZooError(cause)) throw cause;
    throw new ZooError('backend', `${name}: cannot be loaded, ${firstLine(cause)}. Run: ${fix}.`, { cause });
  }
  try {
    const started = await start(options);
    await tf.ready();
    return started;
  } catch (cause) {
    if (isZooError(cause)) throw cause;
    throw new ZooError('backend', `${name}: it does not start, ${firstLine(cause)}. Use another backend.`, { cause });
  }
}

/**
 * Makes a backend tfjs's own, with the zoo's kernels registered. `auto` takes the first of `node-gpu`, `node`, `webgpu`,
 * `wasm` and `cpu` that starts and computes a set of stored results, gradients among them; a device that did so before,
 * under the same versions, is believed. Called again, it changes over; what a backend was started with, it keeps.
 *
 * @throws ZooError `unknown-name` for a name nobody knows; `backend` when it is not there or does not start; `usage` for threads that make no sense.
 */
export async function useBackend(name: BackendName | 'auto' = 'auto', options: BackendOptions = {}): Promise<Backend> {
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 8))
    throw new ZooError('usage', `useBackend: threads must be a whole number from 1 to 8, got ${threads}.`);
  if (name !== 'auto') {
    const [known, row] = candidate(name);
    return backend(known, await start(known, row, options));
  }
  const wrong: string[] = [];
  const refusals: string[] = [];
  for (const [candidateName, row] of candidates) {
    if (row.onlyWhenAsked) continue;
    try {
      const started = await start(candidateName, row, options);
      try {
        await prove(candidateName, started);
      } catch (error) {
        wrong.push(firstLine(error));
        throw error;
      }
      const warning = wrong.length > 0 ? ` (passed over: ${wrong.join(' ')})` : '';
      return backend(candidateName, { ...started, detail: started.detail + warning });
    } catch (error) {
      refusals.push(firstLine(error));
    }
  }
  throw new ZooError('backend', `auto: no backend starts here. ${refusals.join(' ')}`);
}
