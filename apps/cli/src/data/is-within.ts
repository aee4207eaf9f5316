import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** A path without links, as far as it is there. */
function realPath(place: string): string {
  const whole = path.resolve(place);
  return existsSync(whole) || path.dirname(whole) === whole
    ? realpathSync(whole)
    : path.join(realPath(path.dirname(whole)), path.basename(whole));
}

/** Whether a place, which need not be there yet, is a folder or lies in it, also behind a link. */
export function isWithin(folder: string, place: string): boolean {
  const way = path.relative(realPath(folder), realPath(place));
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
