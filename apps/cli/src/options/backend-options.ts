import {
  type Backend,
  type BackendName,
  backendNames,
  type BackendOptions as Threads,
  useBackend,
} from '@zoo/backends';
import { type Command, Option } from 'commander';
import type { Terminal } from '../terminal.ts';
import { optionGroup } from './help.ts';
import { wholeNumber } from './numbers.ts';

/** Options of the backend, under the names that commander gives. */
export interface BackendOptions extends Threads {
  backend: BackendName | 'auto';
}

/** Over what decides where and on how many threads. */
export const computeHeading = 'Where to compute:';

/** Adds the options that choose where to compute. */
export const addBackendOptions = (command: Command): Command =>
  optionGroup(command, computeHeading, (group) =>
    group
      .addOption(
        new Option('--backend <name>', 'where to compute, see zoo doctor')
          .choices(['auto', ...backendNames])
          .default('auto'),
      )
      .option('--threads <n>', 'number of threads (default: as many as are useful)', wholeNumber(1))
      .option('--software', 'let webgpu use a software adapter if there is no graphics card'),
  );

/** Starts the requested backend, and prints which one it is. */
export async function startBackend(
  { backend, threads, software = false }: BackendOptions,
  terminal: Terminal,
): Promise<Backend> {
  const started = await useBackend(backend, { software, ...(threads !== undefined && { threads }) });
  terminal.note(`${started.name}: ${started.detail}`);
  return started;
}
