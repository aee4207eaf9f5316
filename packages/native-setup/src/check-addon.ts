import { ZooError } from '@zoo/core';
import { runProgram } from './run-program.ts';
import type { SetupContext } from './setup-context.ts';

const code = 'const { TF_Version } = require(process.argv[1]); process.stdout.write(String(TF_Version))';

/**
 * Loads an addon in a separate process, where a crash does no harm.
 *
 * @returns The version of the libtensorflow that it has loaded.
 * @throws ZooError `backend` when it does not load.
 */
export async function checkAddon(addon: string, { signal }: SetupContext): Promise<string> {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  const { code: ended, out, err } = await runProgram(process.execPath, ['-e', code, addon], { signal, env });
  if (ended === 0 && out) return out;
  const reason = err.split('\n').find((line) => /Error|error/.test(line)) ?? `the process ended with code ${ended}`;
  throw new ZooError('backend', `${addon}: it does not load, ${reason.replace(/^Error: /, '').trim()}.`);
}
