import type { Backend } from '@zoo/backends';
import { isZooError } from '@zoo/core';
import { type BackendOptions, startBackend } from '../options/backend-options.ts';
import { backendOfRun } from '../run/backend-of-run.ts';
import type { Versions } from '../run/run-record.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Starts the backend for a run that goes on: unless another is asked for, the one it was trained on, since only that gives the same weights
 * to the last bit. If that one does not work here, the best that does, and says so.
 */
export async function startResumedBackend(
  options: BackendOptions,
  former: Versions,
  terminal: Terminal,
): Promise<Backend> {
  const own = backendOfRun(former);
  if (options.backend !== 'auto' || own === undefined) return startBackend(options, terminal);
  try {
    return await startBackend({ ...options, backend: own }, terminal);
  } catch (error) {
    if (!isZooError(error) || error.code === 'usage') throw error;
    terminal.note(
      `The run was trained on ${own}, which does not work here: ${error.message} It goes on on another backend, with results that differ by rounding.`,
    );
    return startBackend(options, terminal);
  }
}
