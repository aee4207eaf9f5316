import { type BackendName, backendNames } from '@zoo/backends';
import type { Versions } from './run-record.ts';

/** The backend that a run was trained on last; nothing for one that this version does not know. */
export function backendOfRun({ backend }: Versions): BackendName | undefined {
  const [name] = backend.split(' ');
  return backendNames.find((known) => known === name);
}
