import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { isRunFolder } from './run-folder.ts';

/** The weights of a run that a name stands for: those of its last epoch, of its best one, or their average. */
export type RunPart = 'last' | 'best' | 'ema';

/** A run as somebody named it. */
export interface NamedRun {
  folder: string;
  part: RunPart;
}

const isPart = (name: string): name is RunPart => name === 'best' || name === 'last' || name === 'ema';

const isEmptyFolder = (place: string): boolean => statSync(place).isDirectory() && readdirSync(place).length === 0;

/**
 * Reads `RUN`, `RUN/best`, `RUN/last` and `RUN/ema`: wherever a run may be named, these may. What lies there under that name comes first, unless it is an
 * empty folder.
 *
 * @returns Nothing for what is no run.
 */
export function runNamed(given: string): NamedRun | undefined {
  if (isRunFolder(given)) return { folder: given, part: 'last' };
  const [part, folder] = [path.basename(given), path.dirname(given)];
  return isPart(part) && !(existsSync(given) && !isEmptyFolder(given)) && isRunFolder(folder)
    ? { folder, part }
    : undefined;
}

/** @throws ZooError `usage` for a new run in the folder of another, under a name that stands for weights of that one. */
export function requireNoPart(out: string): void {
  const [part, folder] = [path.basename(out), path.dirname(out)];
  if (isPart(part) && isRunFolder(folder))
    throw new ZooError(
      'usage',
      `--out ${out}: is a name for weights of the run ${folder}, which a run there would hide. Choose another --out.`,
    );
}
