import * as tf from '@tensorflow/tfjs-core';
import { isZooError, nearestName, ZooError } from '@zoo/core';
import type { BackendOptions, Candidate, Started } from './candidate.ts';
import { type BackendName, backendNames, candidates } from './candidates.ts';

export type { BackendOptions } from './candidate.ts';

/** The backend in use: plain data. */
export interface Backend extends Started {
  name: BackendName;
}

const isBackendName = (name: string): name is BackendName => backendNames.some((known) => known === name);

const startable = (): string => [...candidates.keys()].map((name) => `'${name}'`).join(' or ');

/** The row of the table for a name, or an error that says what to write instead. */
function candidate(name: string): [BackendName, Candidate] {
  if (!isBackendName(name)) {
    const near = nearestName(name, ['auto', ...backendNames]);
    throw new ZooError(
      'unknown-name',
      `${name}: no such backend${near ? `, did you mean '${near}'` : ''}? Known: auto, ${backendNames.join(', ')}.`,
    );
  }
  const found = candidates.get(name);
  if (!found) throw new ZooError('backend', `${name}: this version cannot start it. Use ${startable()}.`);
  return [name, found];
}

const reason = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? message;
};

async function start(name: BackendName, { load, start, fix }: Candidate, options: BackendOptions): Promise<Backend> {
  try {
    await load();
  } catch (cause) {
    throw new ZooError('backend', `${name}: its package cannot be loaded, ${reason(cause)}. Run: ${fix}.`, { cause });
  }
  try {
    const started = await start(options);
    await tf.ready();
    return { name, ...started };
  } catch (cause) {
    if (isZooError(cause)) throw cause;
    throw new ZooError('backend', `${name}: it does not start, ${reason(cause)}. Use another backend.`, { cause });
  }
}

/**
 * Makes a backend tfjs's own, with the zoo's kernels registered. `auto` takes the first of the table that starts:
 * wasm, then cpu. Called again, it changes over; the wasm backend keeps the threads it started with.
 *
 * @throws ZooError `unknown-name` for a name nobody knows; `backend` when it is not there or does not start; `usage` for threads that make no sense.
 */
export async function useBackend(name: BackendName | 'auto' = 'auto', options: BackendOptions = {}): Promise<Backend> {
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 8))
    throw new ZooError('usage', `useBackend: threads must be a whole number from 1 to 8, got ${threads}.`);
  if (name !== 'auto') return start(...candidate(name), options);
  const refusals: string[] = [];
  for (const [candidateName, row] of candidates) {
    try {
      return await start(candidateName, row, options);
    } catch (error) {
      refusals.push(reason(error));
    }
  }
  throw new ZooError('backend', `auto: no backend starts here. ${refusals.join(' ')}`);
}
