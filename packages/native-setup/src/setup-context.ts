import type { OnProgress } from '@zoo/core';

/** The context of every stage of a setup. */
export interface SetupContext {
  signal: AbortSignal;
  onProgress: OnProgress;
}
