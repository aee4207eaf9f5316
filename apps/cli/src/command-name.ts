import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder and those that it lies in. */
function* upwards(folder: string): Generator<string> {
  yield folder;
  const parent = path.dirname(folder);
  if (parent !== folder) yield* upwards(parent);
}

/** Replaces the program's name in a message of the packages by the command that works here. */
export const typedHere = (message: string, name: string = commandName()): string =>
  message.replaceAll('npx @zoo/cli', name);

/**
 * The command that starts this program in this folder: `npx zoo` in a clone or where it is a dependency, `npx @zoo/cli`
 * where npx fetched it, `zoo` where it is installed for the whole machine.
 *
 * @param script What Node was started with.
 */
export function commandName(folder: string = process.cwd(), script: string = process.argv[1] ?? ''): string {
  for (const one of upwards(path.resolve(folder)))
    if (existsSync(path.join(one, 'node_modules', '.bin', 'zoo'))) return 'npx zoo';
  return /[\\/]_npx[\\/]/.test(script) ? 'npx @zoo/cli' : 'zoo';
}
