import { existsSync } from 'node:fs';
import path from 'node:path';
import { isRunFolder } from './run-folder.ts';

/** The weights of a run that a name stands for: those of its last epoch, of its best one, or their average. */
export type RunPart = 'last' | 'best' | 'ema';

/** A run as somebody named it. */
export interface NamedRun {
  folder: string;
  part: RunPart;
}

const isPart = (name: string): name is RunPart => name === 'best' || name === 'last' || name === 'ema';

/**
 * Reads `RUN`, `RUN/best`, `RUN/last` and `RUN/ema`: wherever a run may be named, these may. What lies there under that name comes first.
 *
 * @returns Nothing for what is no run.
 */
export function runNamed(given: string): NamedRun | undefined {
  if (isRunFolder(given)) return { folder: given, part: 'last' };
  const [part, folder] = [path.basename(given), path.dirname(given)];
  return isPart(part) && !existsSync(given) && isRunFolder(folder) ? { folder, part } : undefined;
}
