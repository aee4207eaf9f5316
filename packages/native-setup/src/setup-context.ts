import type { OnProgress } from '@zoo/core';

/** What every stage of a setup is given. */
export interface SetupContext {
  signal: AbortSignal;
  onProgress: OnProgress;
}
