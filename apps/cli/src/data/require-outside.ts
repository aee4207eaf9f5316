import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import type { DataSource } from './data-source.ts';

/** A path without links, as far as it is there. */
function realPath(place: string): string {
  const whole = path.resolve(place);
  return existsSync(whole) || path.dirname(whole) === whole
    ? realpathSync(whole)
    : path.join(realPath(path.dirname(whole)), path.basename(whole));
}

/** Whether a path is that of a folder, or of something in it. */
function isIn(place: string, folder: string): boolean {
  const way = path.relative(realPath(folder), realPath(place));
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/**
 * A run among the pictures would be one of their classes: its own drawings would be trained on.
 *
 * @throws ZooError `usage` for a folder of a run that lies in the data.
 */
export function requireOutside(out: string, { kind, given, parts, test }: DataSource): void {
  if (kind !== 'folder') return;
  const folders = parts ? [parts.training, parts.test] : [given, ...(test === undefined ? [] : [test])];
  const around = folders.find((folder) => existsSync(folder) && isIn(out, folder));
  if (around !== undefined)
    throw new ZooError(
      'usage',
      `--out ${out}: lies in ${around}, whose folders are classes of pictures: the run would be one of them. Choose an --out elsewhere.`,
    );
}
