import { fileURLToPath } from 'node:url';
import { systemCode } from './system-code.ts';
import { ZooError } from './zoo-error.ts';

/** The path of a `file:` address. @throws ZooError `usage` for one that names no file of this machine: `file:///a%zz`, `file://other/a`. */
export function pathOfUrl(url: string | URL): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    const why = systemCode(cause) || (cause instanceof Error ? cause.message : String(cause));
    throw new ZooError(
      'usage',
      `${String(url).slice(0, 200)}: names no file of this machine (${why}). Give its path, or file:///... with each % written as %25.`,
      { cause },
    );
  }
}
